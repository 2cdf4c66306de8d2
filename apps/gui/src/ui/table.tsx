import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

/** A table in its own scroll box, so that the page never scrolls sideways. */
export function Table({ className, boxClassName, ...rest }: ComponentProps<'table'> & { boxClassName?: string }) {
  return (
    <div
      data-slot="table-box"
      className={cn('overflow-x-auto rounded-lg border border-line bg-surface-1', boxClassName)}
    >
      <table
        data-slot="table"
        className={cn('w-full border-separate border-spacing-0 text-start', className)}
        {...rest}
      />
    </div>
  );
}

export function TableHead({ className, ...rest }: ComponentProps<'thead'>) {
  return <thead data-slot="table-head" className={cn('bg-surface-2 text-xs text-fg-2', className)} {...rest} />;
}

export function TableRow({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      data-slot="table-row"
      className={cn(
        'h-row hover:bg-surface-2 aria-selected:bg-surface-3 aria-selected:shadow-[inset_2px_0_0_var(--accent)] rtl:aria-selected:shadow-[inset_-2px_0_0_var(--accent)]',
        className,
      )}
      {...rest}
    />
  );
}

export function TableCell({ className, ...rest }: ComponentProps<'td'>) {
  return <td data-slot="table-cell" className={cn('border-t border-line px-3 align-middle', className)} {...rest} />;
}

export interface HeaderCellProps extends ComponentProps<'th'> {
  /** Present on a column that can be sorted: how it is sorted now. */
  sort?: 'ascending' | 'descending' | 'none';
  onSort?: () => void;
  /** Where sorting leads without JavaScript. */
  sortHref?: string;
  /** Beside the words, and no part of what sorts. */
  before?: ReactNode;
  children?: ReactNode;
}

export function HeaderCell({ sort, onSort, sortHref, before, className, children, ...rest }: HeaderCellProps) {
  const arrow =
    sort === 'ascending' ? (
      <ArrowUp aria-hidden className="size-3.5" />
    ) : sort === 'descending' ? (
      <ArrowDown aria-hidden className="size-3.5" />
    ) : null;
  const control = 'inline-flex min-h-6 items-center gap-1 rounded-sm font-medium hover:text-fg';
  return (
    <th
      data-slot="header-cell"
      scope="col"
      {...(sort === undefined ? {} : { 'aria-sort': sort })}
      className={cn('h-8 px-3 text-start font-medium whitespace-nowrap', className)}
      {...rest}
    >
      {before}
      {sort === undefined ? (
        children
      ) : sortHref === undefined ? (
        <button type="button" onClick={onSort} className={control}>
          {children}
          {arrow}
        </button>
      ) : (
        <a
          href={sortHref}
          className={control}
          onClick={(event) => {
            if (!onSort || event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onSort();
          }}
        >
          {children}
          {arrow}
        </a>
      )}
    </th>
  );
}
