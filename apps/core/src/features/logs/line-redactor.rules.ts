import { Beginnings } from '../../kernel/beginnings.js';

/** So many are looked for one by one, which is fastest in lines that hold none; of more all places are looked at. */
const FEW = 64;

/** Takes what was told in confidence out of whole lines. */
export class LineRedactor {
  private readonly texts: readonly string[];
  private readonly beginnings: Beginnings;

  /** By what each is, the name that stands for it. */
  constructor(private readonly names: ReadonlyMap<string, string>) {
    this.texts = [...names.keys()];
    this.beginnings = new Beginnings(this.texts);
  }

  /** The very same text where nothing is in it, which is nearly always. */
  redact(text: string): string {
    if (this.texts.length === 0) return text;
    if (this.texts.length <= FEW && !this.texts.some((each) => text.includes(each))) return text;
    return this.cut(text);
  }

  private cut(text: string): string {
    let out = '';
    let at = 0;
    let marked: string | undefined;
    for (let from = 0; from < text.length; from += 1) {
      const length = this.beginnings.longestAt(text, from);
      if (length === 0) continue;
      const name = this.names.get(text.slice(from, from + length));
      if (from > at || (from === at && name !== marked)) out += `${text.slice(at, from)}•••(${name ?? ''})`;
      if (from >= at) marked = name;
      at = Math.max(at, from + length);
    }
    return at === 0 ? text : out + text.slice(at);
  }
}
