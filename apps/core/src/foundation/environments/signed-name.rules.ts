import * as z from 'zod';
import type { ContainerRow } from './container.entity.js';

const Configuration = z.object({ name: z.string() });

/** A container is signed under the name it was deployed with, whatever it is called by now. */
export const signedNameOf = ({ configuration, name }: Pick<ContainerRow, 'configuration' | 'name'>): string =>
  Configuration.safeParse(configuration).data?.name ?? name;
