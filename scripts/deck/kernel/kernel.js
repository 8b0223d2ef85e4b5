// A notebook's kernel, by Jupyter's own client: run a piece of code, interrupt, restart, notice a death.
import { KernelManager } from "@jupyterlab/services/lib/kernel";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection";
import { SessionManager } from "@jupyterlab/services/lib/session";

const address = location.origin + "/";
const settings = ServerConnection.makeSettings({
  baseUrl: address,
  wsUrl: address.replace(/^http/, "ws"),
  appendToken: false, // there is none in the page: a cookie that scripts cannot read lets us in
});
const quiet = { serverSettings: settings, standby: () => true }; // no polling: we watch what we use
const PATIENCE = 3000; // ms without a connection, or without a reply, until we say so
const AGAIN = 2000; // ms between two interrupts of what does not stop
const STOPPED = { status: "error", ename: "KeyboardInterrupt", evalue: "", traceback: [] };

// Markdown as HTML, by the server.
export async function asHtml(markdown) {
  const request = { method: "POST", body: JSON.stringify(markdown) };
  const response = await ServerConnection.makeRequest(`${address}kernel/markdown`, request, settings);
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

let manager;
function sessions() {
  const kernelManager = new KernelManager(quiet);
  manager ??= new SessionManager({ ...quiet, kernelManager });
  return manager;
}

export class Lost extends Error {}

function whyNot({ response, message }) {
  if (!response) return "the server does not answer";
  return response.status < 500 ? "the server refuses us" : `no kernel starts: ${message}`;
}

export class Kernel {
  // `path`: the notebook's, so that JupyterLab opens the same session. `died(why)`: it
  // begins from nothing.
  constructor(path, died) {
    Object.assign(this, { path, died });
    this.giveUp = () => {}; // ends the wait for a reply that cannot come
  }

  // The id of the kernel, started if there is none.
  async connect() {
    if (!this.session || this.session.isDisposed) {
      try {
        const { path } = this;
        this.session = await sessions().startNew(
          { path, name: path, type: "notebook", kernel: { name: "python3" } },
          { kernelConnectionOptions: { handleComms: false } }, // widgets are JupyterLab's
        );
      } catch (error) {
        throw new Lost(whyNot(error));
      }
      this.watch(this.session.kernel);
    }
    return this.session.kernel.id;
  }

  get connected() {
    return this.session?.kernel?.connectionStatus === "connected";
  }

  watch(kernel) {
    kernel.statusChanged.connect((_, status) => {
      if (status === "restarting") this.died(); // by us, or in JupyterLab
      if (status !== "autorestarting" && status !== "dead") return;
      this.giveUp("the kernel died");
      this.died("the kernel died");
    });
    kernel.connectionStatusChanged.connect((_, status) => {
      clearTimeout(this.alarm);
      if (status === "connected") return;
      this.alarm = setTimeout(() => {
        this.giveUp("the server does not answer");
        this.session?.dispose(); // the next run tries again from scratch
      }, PATIENCE);
    });
  }

  // Run code; `heard` gets every message of output. Resolves to the reply, rejects when it is Lost.
  async execute(code, heard) {
    await this.connect();
    const future = this.session.kernel.requestExecute({ code, allow_stdin: false });
    this.running = future;
    const lost = new Promise((_, reject) => {
      this.giveUp = (why) => reject(new Lost(why));
    });
    future.done.catch((error) => this.giveUp(error.message));
    try {
      return await Promise.race([future.done.then(({ content }) => content), this.cutOff(future, heard), lost]);
    } finally {
      this.running = null;
    }
  }

  // Resolves if the kernel is done with a request and has not replied: IPython sends no reply when the
  // interrupt comes in the moment before or after the code itself. `heard` gets all output meanwhile.
  cutOff(future, heard) {
    return new Promise((resolve) => {
      future.onIOPub = (message) => {
        heard(message);
        if (message.content.execution_state !== "idle") return;
        this.running = null;
        const alarm = setTimeout(() => this.connected && resolve(STOPPED), PATIENCE);
        future.done.finally(() => clearTimeout(alarm)).catch(() => {});
      };
    });
  }

  // End what runs, if it takes several tries: a kernel about to begin does not hear the first.
  async interrupt() {
    const { running } = this;
    while (running && running === this.running) {
      await this.session.kernel.interrupt();
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }

  async restart() {
    this.giveUp("restarted");
    await this.connect();
    await this.session.kernel.restart();
  }
}
