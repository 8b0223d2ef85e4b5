// The page's side of the worker: one for all slides, started when the first asks for it.
let engine;

export function open(load) {
  engine ??= start(load);
  return engine;
}

async function start(load) {
  if (!globalThis.Worker || !globalThis.WebAssembly || !globalThis.DecompressionStream) {
    throw new Error("this browser lacks Worker, WebAssembly or DecompressionStream");
  }
  const parts = await load();
  const script = new Blob([parts.worker], { type: "text/javascript" });
  const worker = new Worker(URL.createObjectURL(script));
  const waiting = new Map();
  let asked = 0;
  worker.onmessage = ({ data: { id, error, ...answer } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error));
    else resolve(answer);
  };
  worker.onerror = ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(message || "the worker stopped"));
    waiting.clear();
  };
  const ask = (question, more) =>
    new Promise((resolve, reject) => {
      waiting.set(++asked, { resolve, reject });
      worker.postMessage({ id: asked, ask: question, ...more });
    });
  await ask("open", { wasm: parts.wasm, arithmetic: parts.arithmetic });
  const [smallest] = Object.keys(parts.nets); // the runtime itself only starts with a first net
  await ask("load", { name: smallest, ...parts.nets[smallest] });
  let trainers = 0;
  return {
    data: parts.data,
    nets: Object.keys(parts.nets),

    // A network in training. `from`: a seed or parameters; x, y, grid: plain arrays.
    async trainer(net, from, data) {
      const trainer = ++trainers;
      await ask("load", { name: net, ...parts.nets[net] });
      return {
        first: await ask("begin", { trainer, net, from, ...data }),
        train: (steps, settings) => ask("train", { trainer, steps, settings }),
        retarget: (y) => ask("retarget", { trainer, y }),
        state: () => ask("state", { trainer }),
        end: () => ask("end", { trainer }),
      };
    },
  };
}
