import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const colour = (name: string) => `var(--${name})`;

/** The panel's own colours: they follow theme and mode by themselves. */
export const editorTheme: Extension = [
  EditorView.theme({
    '&': { height: '100%', fontSize: '0.8125rem', backgroundColor: colour('inset'), color: colour('fg') },
    '&.cm-focused': { outline: `2px solid ${colour('focus')}`, outlineOffset: '-2px' },
    '.cm-scroller': { fontFamily: 'var(--font-mono), monospace', lineHeight: '1.5' },
    '.cm-content': { caretColor: colour('accent') },
    '.cm-cursor': { borderLeftColor: colour('accent') },
    '.cm-gutters': {
      backgroundColor: colour('inset'),
      color: colour('fg-3'),
      borderRight: `1px solid ${colour('line')}`,
    },
    '.cm-activeLine': { backgroundColor: 'transparent', boxShadow: `inset 0 0 0 1px ${colour('line')}` },
    '.cm-activeLineGutter': { backgroundColor: colour('surface-2'), color: colour('fg') },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: colour('accent-subtle'),
    },
    '.cm-selectionMatch': { backgroundColor: colour('surface-3') },
    '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
      backgroundColor: colour('surface-3'),
      outline: `1px solid ${colour('line-strong')}`,
    },
    '.cm-searchMatch': { backgroundColor: colour('warning-subtle'), outline: `1px solid ${colour('warning-dot')}` },
    '.cm-searchMatch-selected': { outline: `2px solid ${colour('accent')}` },
    '.cm-panels': { backgroundColor: colour('surface-2'), color: colour('fg') },
    '.cm-panels-bottom': { borderTop: `1px solid ${colour('line')}` },
    '.cm-panel label': { color: colour('fg-2') },
    '.cm-textfield': {
      backgroundColor: colour('surface-1'),
      color: colour('fg'),
      border: `1px solid ${colour('line-strong')}`,
      borderRadius: '0.25rem',
    },
    '.cm-button': {
      backgroundImage: 'none',
      backgroundColor: colour('surface-1'),
      color: colour('fg'),
      border: `1px solid ${colour('line-strong')}`,
      borderRadius: '0.25rem',
    },
    '.cm-tooltip': {
      backgroundColor: colour('surface-1'),
      color: colour('fg'),
      border: `1px solid ${colour('line')}`,
    },
    '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: colour('surface-3'), color: colour('fg') },
    '.cm-foldPlaceholder': { backgroundColor: colour('surface-3'), color: colour('fg-2'), border: 'none' },
    '.cm-specialChar': { color: colour('danger') },
    '.cm-changedLine, .cm-insertedLine': { backgroundColor: colour('success-subtle') },
    '.cm-deletedLine, &.cm-merge-a .cm-changedLine': { backgroundColor: colour('danger-subtle') },
    '.cm-changedText, .cm-deletedText, &.cm-merge-a .cm-changedText, &.cm-merge-b .cm-changedText': {
      background: 'none',
      textDecoration: `underline 2px ${colour('line-strong')}`,
    },
    '.cm-collapsedLines': { backgroundImage: 'none', backgroundColor: colour('surface-2'), color: colour('fg-2') },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: colour('ansi-magenta') },
      { tag: [tags.string, tags.special(tags.string), tags.regexp], color: colour('ansi-green') },
      { tag: [tags.number, tags.bool, tags.null, tags.atom], color: colour('ansi-yellow') },
      { tag: [tags.propertyName, tags.attributeName, tags.definition(tags.propertyName)], color: colour('ansi-blue') },
      { tag: [tags.typeName, tags.className, tags.tagName, tags.namespace], color: colour('ansi-cyan') },
      { tag: [tags.comment, tags.meta], color: colour('fg-3'), fontStyle: 'italic' },
      { tag: tags.heading, color: colour('fg'), fontWeight: '600' },
      { tag: tags.link, color: colour('accent-text'), textDecoration: 'underline' },
      { tag: tags.invalid, color: colour('danger') },
    ]),
  ),
];
