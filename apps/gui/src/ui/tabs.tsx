'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

interface Props<Key extends string> {
  label: string;
  tabs: ReadonlyArray<{ key: Key; label: string }>;
  value: Key;
  onChange: (key: Key) => void;
  /** Of the tab that is chosen. */
  children: ReactNode;
}

/** Ways to look at one thing, in one place; the arrow keys go from one to the next. */
export function Tabs<Key extends string>({ label, tabs, value, onChange, children }: Props<Key>) {
  const choose = (chosen: string) => {
    const tab = tabs.find(({ key }) => key === chosen);
    if (tab !== undefined) onChange(tab.key);
  };
  return (
    <Radix.Root data-slot="panes" value={value} onValueChange={choose} className="flex min-w-0 flex-col gap-3">
      <Radix.List aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.key}
            value={tab.key}
            className="inline-flex h-9 shrink-0 items-center rounded-t-md border-b-2 border-transparent px-3 text-sm text-fg-2 -outline-offset-2 hover:text-fg aria-selected:border-accent aria-selected:font-medium aria-selected:text-fg touch:h-11"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      <Radix.Content value={value} className="flex min-w-0 flex-col gap-3">
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}
