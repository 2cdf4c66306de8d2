import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/input.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { EVERY_PLUGIN, filterCount, PLUGIN_STATES, type PluginsView, toPluginState } from './plugin.rules.ts';

interface Props {
  view: PluginsView;
  shown: number;
  total: number;
  onShow: (view: PluginsView, how?: 'replace' | 'push') => void;
}

/** Narrows the list; without JavaScript the same form loads the same address. */
export function PluginsFilter({ view, shown, total, onShow }: Props) {
  const t = useTranslations('plugins.filter');
  const count = filterCount(view);
  return (
    <form
      action="/plugins"
      role="search"
      aria-label={t('label')}
      className="mb-3 flex flex-wrap items-center gap-2"
      onSubmit={(event) => event.preventDefault()}
    >
      <SearchField
        label={t('search')}
        placeholder={t('search')}
        value={view.q}
        onSearch={(q) => onShow({ ...view, q })}
      />
      <label>
        <span className="sr-only">{t('state')}</span>
        <Select
          name="state"
          value={view.state}
          className="w-auto"
          onChange={({ target }) => onShow({ ...view, state: toPluginState(target.value) }, 'push')}
        >
          <option value="">{t('anyState')}</option>
          {PLUGIN_STATES.map((state) => (
            <option key={state} value={state}>
              {t(`states.${state}`)}
            </option>
          ))}
        </Select>
      </label>
      {count > 0 && (
        <>
          <Button look="ghost" onClick={() => onShow(EVERY_PLUGIN, 'push')}>
            <X aria-hidden />
            {t('clear', { count })}
          </Button>
          <span role="status" className="text-fg-3 tabular-nums">
            {t('shown', { shown, total })}
          </span>
        </>
      )}
    </form>
  );
}
