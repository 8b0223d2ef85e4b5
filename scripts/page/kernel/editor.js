// A code block that can be edited: CodeMirror in the place and the look of the slide's code.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, drawSelection, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

const mark = StateEffect.define();
const marked = StateField.define({
  create: () => Decoration.none,
  update(lines, { docChanged, effects, state }) {
    if (docChanged) return Decoration.none; // it is being mended
    for (const effect of effects) if (effect.is(mark)) return lineOf(state, effect.value);
    return lines;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function lineOf(state, number) {
  if (!number || number > state.doc.lines) return Decoration.none;
  const { from } = state.doc.line(number);
  return Decoration.set([Decoration.line({ class: "kernel-wrong" }).range(from)]);
}

export class Editor {
  // `changed` hears every edit, `leave` the Escape key.
  constructor(text, label, { changed, leave }) {
    this.view = new EditorView({
      state: EditorState.create({
        doc: text,
        extensions: [
          history(),
          drawSelection(),
          indentOnInput(),
          indentUnit.of("    "),
          bracketMatching(),
          python(),
          syntaxHighlighting(classHighlighter),
          marked,
          keymap.of([
            { key: "Escape", run: leave, stopPropagation: true },
            ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter"),
            ...historyKeymap,
            indentWithTab,
          ]),
          EditorView.editorAttributes.of({ class: "kernel-editor" }),
          EditorView.contentAttributes.of({ "aria-label": label }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) changed(state.doc.toString());
          }),
        ],
      }),
    });
    this.element = this.view.dom;
  }

  // Mark the line an error came from; no number takes the mark away.
  mark(number) {
    this.view.dispatch({ effects: mark.of(number) });
  }

  focus() {
    this.view.focus();
  }

  close() {
    this.view.destroy();
  }
}
