import { Search } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';
import { Input } from './input.tsx';

export interface SearchFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'type'> {
  label: string;
  onSearch: (text: string) => void;
}

/** The search of a page: the `/` key goes to it. */
export function SearchField({ label, onSearch, className, ...rest }: SearchFieldProps) {
  return (
    <label data-slot="search-field" className={cn('relative grow basis-56 sm:max-w-80', className)}>
      <span className="sr-only">{label}</span>
      <Search aria-hidden className="pointer-events-none absolute inset-y-0 start-2.5 my-auto size-4 text-fg-3" />
      <Input
        type="search"
        name="q"
        data-page-filter
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        className="ps-8"
        onChange={({ target }) => onSearch(target.value)}
        {...rest}
      />
    </label>
  );
}
