'use client';

import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { minimalSetup } from 'codemirror';
import { type RefObject, useEffect, useRef } from 'react';
import { editorTheme } from './editor-theme.ts';

export interface MergeHandle {
  /** The right side as it is now. */
  text: () => string;
}
export interface CompareViewProps {
  theirs: string;
  mine: string;
  /** Lines of one's own end in several ways, each of which stays as it is. */
  mixed: boolean;
  labels: { theirs: string; mine: string; take: string };
  handleRef: RefObject<MergeHandle | null>;
}

/** Two texts side by side: the left stays as it is, the right can be changed and takes over what is wanted. */
export default function CompareView({ theirs, mine, mixed, labels, handleRef }: CompareViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const { theirs: left, mine: right, take } = labels;
  useEffect(() => {
    if (box.current === null) return undefined;
    const parted = mixed ? EditorState.lineSeparator.of('\n') : [];
    const common = [minimalSetup, editorTheme, EditorView.lineWrapping, parted];
    const labelled = (label: string) => EditorView.contentAttributes.of({ 'aria-label': label, translate: 'no' });
    const merge = new MergeView({
      a: { doc: theirs, extensions: [common, labelled(left), EditorState.readOnly.of(true)] },
      b: { doc: mine, extensions: [common, labelled(right)] },
      parent: box.current,
      collapseUnchanged: { margin: 3, minSize: 6 },
      revertControls: 'a-to-b',
      renderRevertControl: () => takeButton(take),
    });
    handleRef.current = { text: () => merge.b.state.doc.toString() };
    return () => {
      handleRef.current = null;
      merge.destroy();
    };
  }, [theirs, mine, mixed, left, right, take, handleRef]);
  return <div ref={box} data-slot="compare" className="max-h-[60dvh] overflow-y-auto rounded-md border border-line" />;
}

function takeButton(label: string): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = '→';
  button.title = label;
  button.setAttribute('aria-label', label);
  return button;
}
