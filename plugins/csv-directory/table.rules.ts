/** Rows of a CSV by their headings: commas, or semicolons where the headings have them; quotes as RFC 4180 has them. */
export function rowsOf(text: string): Record<string, string>[] {
  const plain = text.replace(/^\uFEFF/, '');
  const [headings = [], ...lines] = linesOf(plain, separatorOf(plain));
  const names = headings.map((name) => name.trim().toLowerCase());
  return lines
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map((cells) => Object.fromEntries(names.map((name, at) => [name, (cells[at] ?? '').trim()])));
}

const separatorOf = (text: string) => {
  const headings = text.slice(0, Math.max(text.indexOf('\n'), 0) || text.length);
  return headings.includes(';') && !headings.includes(',') ? ';' : ',';
};

function linesOf(text: string, separator: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += letter;
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === separator) {
      cells.push(cell);
      cell = '';
    } else if (letter === '\n') {
      lines.push([...cells, cell]);
      cells = [];
      cell = '';
    } else if (letter !== '\r') cell += letter;
  }
  if (cell !== '' || cells.length > 0) lines.push([...cells, cell]);
  return lines;
}
