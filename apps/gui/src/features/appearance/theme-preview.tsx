import type { Appearance } from '@bailiwick/contract';

/** A small panel in the theme's own colours: rail, top bar, rows with their states. */
export function ThemePreview({ theme, mode }: Pick<Appearance, 'theme' | 'mode'>) {
  return (
    <span
      aria-hidden
      data-theme={theme}
      data-mode={mode}
      className="flex h-20 overflow-hidden rounded-md border border-line bg-canvas"
    >
      <span className="flex w-12 flex-col gap-1.5 border-e border-line bg-surface-1 p-2">
        <span className="h-2 rounded-sm bg-accent" />
        <span className="h-2 rounded-sm bg-surface-3" />
        <span className="h-2 rounded-sm bg-surface-3" />
      </span>
      <span className="flex grow flex-col gap-2 p-2">
        {['bg-success-dot', 'bg-progress-dot', 'bg-danger-dot'].map((dot) => (
          <span key={dot} className="flex items-center gap-1.5">
            <span className={`size-2 rounded-full ${dot}`} />
            <span className="h-2 grow rounded-sm bg-fg-3 opacity-60" />
          </span>
        ))}
      </span>
    </span>
  );
}
