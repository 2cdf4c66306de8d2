'use client';

import { indentWithTab } from '@codemirror/commands';
import { indentUnit } from '@codemirror/language';
import { gotoLine } from '@codemirror/search';
import { Compartment, EditorState, type Text } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { findLanguage, loadLanguage } from './editor-language.ts';
import { editorTheme } from './editor-theme.ts';

export interface TextHandle {
  /** The text as it is now, and what to call once it is saved. */
  take: () => { text: string; saved: () => void };
  /** `over`: what is in the file now. */
  replace: (text: string, over: string) => void;
  askForLine: () => void;
}
export interface Place {
  line: number;
  column: number;
  language: string | null;
}
export interface TextEditorProps {
  label: string;
  name: string;
  body: string;
  /** Its lines end in several ways: only what every one of them has parts them, the rest is shown. */
  mixed: boolean;
  indent: string;
  readOnly: boolean;
  /** Where to begin; 0 for the beginning. */
  line: number;
  handleRef: RefObject<TextHandle | null>;
  onDirty: (dirty: boolean) => void;
  onPlace: (place: Place) => void;
}

/** CodeMirror; it keeps its own text, of which the page hears only whether it changed. */
export default function TextEditor(props: TextEditorProps) {
  const { label, name, body, mixed, indent, readOnly, line, handleRef } = props;
  const box = useRef<HTMLDivElement>(null);
  const tellDirty = useEffectEvent(props.onDirty);
  const tellPlace = useEffectEvent(props.onPlace);
  const view = useRef<EditorView | null>(null);
  useEffect(() => {
    if (box.current === null) return undefined;
    const syntax = new Compartment();
    const language = findLanguage(name, body);
    let saved: Text;
    let dirty = false;
    const place = ({ doc, selection }: EditorState) => {
      const at = doc.lineAt(selection.main.head);
      tellPlace({ line: at.number, column: selection.main.head - at.from + 1, language: language?.name ?? null });
    };
    const compare = (doc: Text) => {
      const changed = !doc.eq(saved);
      if (changed !== dirty) tellDirty(changed);
      dirty = changed;
    };
    const state = EditorState.create({
      doc: body,
      extensions: [
        basicSetup,
        keymap.of([indentWithTab]),
        mixed ? EditorState.lineSeparator.of('\n') : [],
        EditorState.readOnly.of(readOnly),
        EditorState.tabSize.of(4),
        indentUnit.of(indent),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': label,
          translate: 'no',
          // It can be reached without it; checkers of accessibility look for it where text scrolls.
          tabindex: '0',
          ...(readOnly ? { 'aria-readonly': 'true' } : {}),
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) compare(update.state.doc);
          if (update.docChanged || update.selectionSet) place(update.state);
        }),
        editorTheme,
        syntax.of([]),
      ],
    });
    saved = state.doc;
    const editor = new EditorView({ state, parent: box.current });
    view.current = editor;
    place(editor.state);
    handleRef.current = {
      take: () => {
        const { doc } = editor.state;
        return {
          text: doc.toString(),
          saved: () => {
            saved = doc;
            compare(editor.state.doc);
          },
        };
      },
      replace: (text, over) => {
        const { doc } = editor.state;
        saved = editor.state.toText(over);
        editor.dispatch({ changes: { from: 0, to: doc.length, insert: editor.state.toText(text) } });
        compare(editor.state.doc);
      },
      askForLine: () => gotoLine(editor),
    };
    if (language)
      void loadLanguage(language).then((support) => {
        if (view.current === editor) editor.dispatch({ effects: syntax.reconfigure(support) });
      });
    return () => {
      view.current = null;
      handleRef.current = null;
      editor.destroy();
    };
  }, [label, name, body, mixed, indent, readOnly, handleRef]);
  useEffect(() => {
    const editor = view.current;
    if (editor === null || line === 0) return;
    const { from } = editor.state.doc.line(Math.min(line, editor.state.doc.lines));
    editor.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    editor.focus();
  }, [line]);
  return <div ref={box} data-slot="text-editor" className="min-h-0 grow overflow-hidden" />;
}
