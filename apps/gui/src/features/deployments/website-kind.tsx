import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { CatalogueList, Preset } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { websitesIn } from './website-kinds.rules.ts';

interface Props {
  preset: Preset;
  website: NonNullable<Preset['website']>;
}

/** Of what is deployed as a website too; another kind is another preset, asked for at its own door. */
export function WebsiteKind({ preset, website }: Props) {
  const t = useTranslations('deploy.door');
  const router = useRouter();
  const { data } = useQuery({
    queryKey: ['presets', 'websites'],
    queryFn: ({ signal }) => api<CatalogueList>('GET', '/presets', { signal }),
  });
  const others = websitesIn(data?.items ?? []).filter(({ name }) => name !== preset.name);
  return (
    <Field label={t('kind')} hint={t('kindOf', { image: preset.config.image })}>
      {(control) => (
        <Select
          {...control}
          name="kind"
          value={preset.name}
          onChange={({ target }) => router.push(`/deploy/${encodeURIComponent(target.value)}`)}
        >
          <option value={preset.name}>{website.label}</option>
          {others.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
