/** How a text lies in its file, apart from what it says: kept as it is when the text is saved. */
export interface TextForm {
  /** It begins with a mark of its encoding. */
  mark: boolean;
  /** Where its lines end in more ways than one, each stays as it is. */
  lineEnd: 'lf' | 'crlf' | 'cr' | 'mixed';
}

const MARK = '\ufeff';
const ENDS = { lf: '\n', crlf: '\r\n', cr: '\r' };

/** The text for an editor, and the form to give back to it. */
export function readForm(text: string): { body: string; form: TextForm } {
  const mark = text.startsWith(MARK);
  const body = mark ? text.slice(1) : text;
  return { body, form: { mark, lineEnd: lineEndOf(body) } };
}

function lineEndOf(body: string): TextForm['lineEnd'] {
  const ends = new Set(body.match(/\r\n|\r|\n/g));
  if (ends.size > 1) return 'mixed';
  if (ends.has('\r\n')) return 'crlf';
  return ends.has('\r') ? 'cr' : 'lf';
}

/** `body`: with `\n` between its lines, as an editor holds it. */
export function writeForm(body: string, { mark, lineEnd }: TextForm): string {
  const lines = lineEnd === 'mixed' || lineEnd === 'lf' ? body : body.replaceAll('\n', ENDS[lineEnd]);
  return mark ? MARK + lines : lines;
}

/** What one step of indentation is: a tab, or as many blanks as its first indented line has. */
export function indentOf(body: string): string {
  const [, first = ''] = /^(\t| {2,8})\S/m.exec(body) ?? [];
  return first === '' ? '  ' : first;
}
