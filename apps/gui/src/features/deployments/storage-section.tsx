import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import type { Preset, VolumeId, VolumeList } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';

interface Props {
  volumes: Preset['config']['volumes'];
  chosen: Readonly<Record<string, VolumeId>>;
  errorOf: (path: string) => string | undefined;
  onChoose: (chosen: Record<string, VolumeId>) => void;
}

/** Where its data is to begin: empty, or where some that was kept was left. */
export function StorageSection({ volumes, chosen, errorOf, onChoose }: Props) {
  const t = useTranslations('deploy.storage');
  const locale = useLocale();
  const kept = useQuery({
    queryKey: ['volumes', 'kept'],
    queryFn: ({ signal }) => api<VolumeList>('GET', '/volumes?state=kept', { signal }),
    refetchOnWindowFocus: 'always',
  });
  const offered = (kept.data?.items ?? []).filter(({ rights }) => rights.can.includes('volumes.delete'));
  const hint = kept.isPending ? t('loading') : kept.isError ? t('failed') : t('hint');
  /** Chosen once and not kept any longer: it is shown, so that another one can be chosen. */
  const isLost = (id: VolumeId | undefined) =>
    id !== undefined && kept.isSuccess && !offered.some((volume) => volume.id === id);
  const choose = (name: string, id: string) => {
    const { [name]: _before, ...others } = chosen;
    const volume = offered.find((each) => each.id === id);
    onChoose(volume === undefined ? others : { ...others, [name]: volume.id });
  };
  return volumes.map(({ name, target: place }) => (
    <Field key={name} label={t('place', { name, target: place })} hint={hint} error={errorOf(`volumes.${name}`)}>
      {(control) => (
        <Select
          {...control}
          name={`volumes.${name}`}
          value={chosen[name] ?? ''}
          onChange={({ target }) => choose(name, target.value)}
        >
          <option value="">{t('empty')}</option>
          {isLost(chosen[name]) && <option value={chosen[name]}>{t('lost')}</option>}
          {offered
            .filter(({ id }) => id === chosen[name] || !Object.values(chosen).includes(id))
            .map(({ id, label, lastContainerName, keptSince, createdAt }) => (
              <option key={id} value={id}>
                {t('goOn', {
                  label,
                  container: lastContainerName,
                  when: new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(
                    Date.parse(keptSince ?? createdAt),
                  ),
                })}
              </option>
            ))}
        </Select>
      )}
    </Field>
  ));
}
