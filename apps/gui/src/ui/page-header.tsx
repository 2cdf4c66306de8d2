import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

export interface PageHeaderProps extends Omit<ComponentProps<'header'>, 'title'> {
  title: ReactNode;
  /** Beside the title: a status, a count. */
  aside?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}

/** The one heading of a page; navigation moves the focus to it. */
export function PageHeader({ title, aside, description, actions, className, ...rest }: PageHeaderProps) {
  return (
    <header
      data-slot="page-header"
      className={cn('mb-4 flex flex-wrap items-center gap-x-4 gap-y-2', className)}
      {...rest}
    >
      <div className="min-w-0 grow">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 tabIndex={-1} data-slot="page-title" className="min-w-0 text-xl font-semibold break-words">
            {title}
          </h1>
          {aside}
        </div>
        {description !== undefined && <div className="mt-0.5 text-sm text-fg-2">{description}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
