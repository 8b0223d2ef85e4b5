// The controls at the foot of a slide that shows code, and what they have to say.
const BUTTONS = [
  ["run", "Run", "Shift + Enter"],
  ["edit", "Edit", "E"],
  ["reset", "Reset", ""],
  ["stop", "Stop", "I"],
  ["restart", "Restart", "R"],
  ["mine", "Keep mine", ""],
  ["theirs", "Take the new one", ""],
];

export class Bar {
  // `actions`: a function for each button.
  constructor(actions) {
    this.element = document.createElement("div");
    this.element.className = "kernel-bar";
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", "Run the code");
    for (const [name, text, key] of BUTTONS) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.title = key && `${text}: ${key}`;
      button.addEventListener("click", actions[name]);
      this[name] = button;
      this.element.append(button);
    }
    this.lab = document.createElement("a");
    this.lab.textContent = "JupyterLab";
    this.lab.target = "_blank";
    this.lab.rel = "noopener";
    this.told = document.createElement("output");
    this.element.append(this.lab, this.told);
    this.hide();
  }

  hide() {
    this.element.hidden = true;
  }

  // For a slide: with code or with a figure alone, whose notebook is busy or not.
  show({ name, code, busy, warming, edited, rival, text }) {
    this.element.hidden = !code && !busy && !text;
    this.run.hidden = this.edit.hidden = this.restart.hidden = this.lab.hidden = !code;
    this.run.disabled = busy;
    this.stop.hidden = !busy && !warming;
    this.reset.hidden = !edited;
    this.mine.hidden = this.theirs.hidden = !rival;
    this.lab.href = `/lab/tree/${encodeURIComponent(name)}.ipynb`;
    if (this.told.textContent !== text) this.told.textContent = text;
  }
}
