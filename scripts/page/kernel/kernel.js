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
const ASK = 500; // ms until a kernel that has just begun is asked once more
const STOPPED = { status: "error", ename: "KeyboardInterrupt", evalue: "", traceback: [] };

// asked after every run: the records that the kernel's cells kept
const KEPT = '__import__("demos.core.records", fromlist=["Kept"]).Kept()';

// Markdown as HTML, by the server.
export const asHtml = (markdown) => ask("markdown", markdown);

// Quotes, "record.number:.2f", of some records as the build would fill them in; null for what is not there.
export const filled = (quotes, records) => ask("quotes", { quotes, records });

// The answer line by line, as it comes; `signal` ends it.
export async function* lines(what, body, signal) {
  const request = { method: "POST", body: JSON.stringify(body), signal };
  const response = await ServerConnection.makeRequest(`${address}kernel/${what}`, request, settings);
  if (!response.ok) throw new Error(response.statusText);
  let rest = "";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const whole = (rest + part.value).split("\n");
    rest = whole.pop();
    for (const line of whole) yield JSON.parse(line);
  }
}

async function ask(what, body) {
  const request = { method: "POST", body: JSON.stringify(body) };
  const response = await ServerConnection.makeRequest(`${address}kernel/${what}`, request, settings);
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
    this.answers = false; // has it answered since we are connected, or since it began?
    this.giveUp = () => {}; // ends the wait for a reply that cannot come
  }

  // The id of the kernel, started if there is none, once it answers.
  async connect() {
    await this.open();
    if (!this.answers) {
      this.running = Promise.race([this.answer(), this.lost()]);
      await this.running.finally(() => (this.running = null));
    }
    return this.session.kernel.id;
  }

  async open() {
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
      this.answers = false;
      this.watch(this.session.kernel);
    }
  }

  // A kernel that has just begun may lose what it says until all its sockets stand, and who waits for
  // the end of a cell then waits forever. So we ask something small until an answer comes whole.
  async answer() {
    const { session } = this;
    for (let patience = ASK; !this.answers && !session.isDisposed; patience *= 2) {
      if (session.kernel.status === "dead") throw new Lost("the kernel stays dead, Restart starts another");
      const answered = session.kernel.requestKernelInfo().then(() => (this.answers = true));
      const again = new Promise((resolve) => setTimeout(resolve, patience));
      await Promise.race([answered, again]).catch(() => again); // not connected yet, or cut off
    }
  }

  // Rejects when there is no reply to wait for any more.
  lost() {
    return new Promise((_, reject) => {
      this.giveUp = (why) => reject(new Lost(why));
    });
  }

  get connected() {
    return this.session?.kernel?.connectionStatus === "connected";
  }

  watch(kernel) {
    kernel.statusChanged.connect((_, status) => {
      if (status.endsWith("restarting")) this.answers = false;
      if (status === "restarting") this.died(); // by us, or in JupyterLab
      if (status !== "autorestarting" && status !== "dead") return;
      this.giveUp("the kernel died");
      this.died("the kernel died");
    });
    kernel.connectionStatusChanged.connect((_, status) => {
      clearTimeout(this.alarm);
      if (status === "connected") return;
      this.answers = false;
      this.alarm = setTimeout(() => {
        this.giveUp("the server does not answer");
        this.session?.dispose(); // the next run tries again from scratch
      }, PATIENCE);
    });
  }

  // Run code; `heard` gets every message of output. Resolves to the reply, rejects when it is Lost.
  async execute(code, heard) {
    await this.connect();
    const asked = { code, allow_stdin: false, user_expressions: { kept: KEPT } };
    const future = this.session.kernel.requestExecute(asked);
    this.running = future;
    const lost = this.lost();
    future.done.catch((error) => this.giveUp(error.message));
    try {
      return await Promise.race([future.done.then(({ content }) => content), this.cutOff(future, heard), lost]);
    } finally {
      this.running = null;
    }
  }

  // Resolves where one of the two ends of a request is missing and nothing more comes: IPython sends no reply
  // when the interrupt comes in the moment before or after the code itself; and of a flood of outputs the
  // sockets drop some, "idle" perhaps among them. `heard` gets all output meanwhile.
  cutOff(future, heard) {
    return new Promise((resolve) => {
      let alarm;
      let reply = null;
      const wait = () => {
        clearTimeout(alarm);
        alarm = setTimeout(() => this.connected && resolve(reply ?? STOPPED), PATIENCE);
      };
      future.onReply = ({ content }) => {
        reply = content;
        wait();
      };
      future.onIOPub = (message) => {
        heard(message);
        const idle = message.content.execution_state === "idle";
        if (idle) this.running = null;
        if (idle || reply) wait();
      };
      future.done.finally(() => clearTimeout(alarm)).catch(() => {});
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
    await this.open();
    await this.session.kernel.restart();
  }
}
