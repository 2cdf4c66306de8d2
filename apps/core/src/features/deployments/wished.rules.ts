import type { WishedDeploy } from '../plugin-hooks/plugin-hooks.service.js';
import type { Wish } from './wishes.service.js';

/** What plugins are asked about: no answer, no variable, nothing secret. */
export const wishedOf = ({ source, environment, input }: Pick<Wish, 'source' | 'environment' | 'input'>): WishedDeploy => ({
  name: input.name,
  image: source.config.image,
  preset: source.preset?.name ?? null,
  environment: environment.name,
  labels: input.options.labels ?? {},
}); // prettier-ignore
