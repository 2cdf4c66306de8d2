import { Tag as TagIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';

const LOOK = 'inline-flex min-h-6 items-center gap-1 rounded-full bg-neutral-subtle px-2 text-xs text-neutral';

export function Tag({ tag }: { tag: string }) {
  return (
    <span translate="no" className={LOOK}>
      <TagIcon aria-hidden className="size-3" />
      {tag}
    </span>
  );
}

/** A tag that filters by itself. */
export function TagButton({ tag, onChoose }: { tag: string; onChoose: () => void }) {
  const t = useTranslations('projects.filter');
  return (
    <button
      type="button"
      aria-label={t('by', { tag })}
      onClick={onChoose}
      className={`${LOOK} hover:text-fg hover:underline touch:min-h-8`}
    >
      <TagIcon aria-hidden className="size-3" />
      <span translate="no">{tag}</span>
    </button>
  );
}
