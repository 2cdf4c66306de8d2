import { CST, Lexer } from 'yaml';

const DEEPEST = 32;
const WIDEST_INDENT = 200;
const MOST_TOKENS = 20_000;

/**
 * Whether a text nests deeper, or has more parts, than any file for people. Asked before it is parsed: a parser that
 * follows all of it can be kept busy for minutes, or be ended by it. The lexer goes through once, without nesting.
 */
export function isTooMuchYaml(text: string): boolean {
  let flows = 0;
  let onLine = 0;
  let tokens = 0;
  for (const source of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > MOST_TOKENS) return true;
    switch (CST.tokenType(source)) {
      case 'newline':
        onLine = 0;
        break;
      case 'flow-seq-start':
      case 'flow-map-start':
        flows += 1;
        break;
      case 'flow-seq-end':
      case 'flow-map-end':
        flows -= 1;
        break;
      case 'seq-item-ind':
      case 'explicit-key-ind':
      case 'anchor':
      case 'tag':
        onLine += 1;
        break;
      case 'space':
        if (source.length > WIDEST_INDENT) return true;
        break;
      default:
    }
    if (flows > DEEPEST || onLine > DEEPEST) return true;
  }
  return false;
}
