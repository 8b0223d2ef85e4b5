// Edits that nobody saved: kept per cell in the page's storage, over a reload and over a rebuild.
const PREFIX = "draft:";

const place = (notebook, cell) => `${PREFIX}${notebook.name}#${cell.id}`;

// What is written in a cell now; what its author wrote needs no keeping.
export function keep(notebook, cell) {
  const { text, code } = cell;
  if (text === code) localStorage.removeItem(place(notebook, cell));
  else localStorage.setItem(place(notebook, cell), JSON.stringify({ text, code }));
}

// {text, of the code that was edited}, or null.
export function kept(notebook, cell) {
  try {
    const { text, code } = JSON.parse(localStorage.getItem(place(notebook, cell)));
    return text === cell.code ? null : { text, code };
  } catch {
    return null;
  }
}
