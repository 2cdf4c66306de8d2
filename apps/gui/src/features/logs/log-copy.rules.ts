/** Lines as they are put on the clipboard; `markdown`: in a fence that nothing among them ends. */
export function toCopied(text: string, markdown: boolean): string {
  if (!markdown) return text;
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}text\n${text}\n${fence}\n`;
}
