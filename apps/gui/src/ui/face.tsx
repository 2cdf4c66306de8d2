import { CircleX, Lock, type LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

export interface FaceProps extends Omit<ComponentProps<'div'>, 'title'> {
  icon: LucideIcon;
  title: ReactNode;
  /** Buttons and links: the next step first. */
  actions?: ReactNode;
  /** `page` where it is all there is on the page: the title is then the page's heading. */
  level?: 'page' | 'part';
  tone?: 'plain' | 'danger';
}

/** What stands where content would be: nothing yet, nothing found, not allowed, broken. */
export function Face({
  icon: Icon,
  title,
  actions,
  level = 'part',
  tone = 'plain',
  className,
  children,
  ...rest
}: FaceProps) {
  const Heading = level === 'page' ? 'h1' : 'h2';
  return (
    <div
      data-slot="face"
      className={cn('mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-12 text-center', className)}
      {...rest}
    >
      <Icon aria-hidden className={cn('size-8', tone === 'danger' ? 'text-danger' : 'text-fg-3')} strokeWidth={1.5} />
      <Heading tabIndex={-1} className="text-lg font-semibold text-balance">
        {title}
      </Heading>
      {children !== undefined && <div className="flex flex-col gap-2 text-sm text-pretty text-fg-2">{children}</div>}
      {actions !== undefined && <div className="mt-1 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

export const EmptyState = (props: FaceProps) => <Face data-slot="empty-state" {...props} />;

export const ErrorState = (props: Omit<FaceProps, 'icon'>) => (
  <Face data-slot="error-state" role="alert" icon={CircleX} tone="danger" {...props} />
);

export const NoAccess = (props: Omit<FaceProps, 'icon'>) => <Face data-slot="no-access" icon={Lock} {...props} />;
