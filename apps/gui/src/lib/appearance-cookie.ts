import type { Appearance } from '@bailiwick/contract';

export const APPEARANCE_COOKIE = 'bw_ui';
const DEFAULT: Appearance = { theme: 'cobalt', mode: 'system', density: 'regular', motion: 'system' };
const THEMES: readonly Appearance['theme'][] = ['cobalt', 'graphite', 'ember', 'tide'];
const MODES: readonly Appearance['mode'][] = ['system', 'light', 'dark'];
const DENSITIES: readonly Appearance['density'][] = ['compact', 'regular', 'comfortable'];
const MOTIONS: readonly Appearance['motion'][] = ['system', 'reduced'];

export const CHOICES = { theme: THEMES, mode: MODES, density: DENSITIES, motion: MOTIONS };

/** `theme.mode.density.motion`, so that the server paints the first frame right. */
export function toCookie({ theme, mode, density, motion }: Appearance): string {
  return [theme, mode, density, motion].join('.');
}

/** Whatever a cookie may hold; a part that is no choice of ours becomes the default. */
export function fromCookie(text: string | undefined): Appearance {
  const [theme, mode, density, motion] = (text ?? '').split('.');
  return {
    theme: pick(THEMES, theme) ?? DEFAULT.theme,
    mode: pick(MODES, mode) ?? DEFAULT.mode,
    density: pick(DENSITIES, density) ?? DEFAULT.density,
    motion: pick(MOTIONS, motion) ?? DEFAULT.motion,
  };
}

const pick = <Choice extends string>(choices: readonly Choice[], text: string | undefined): Choice | undefined =>
  choices.find((choice) => choice === text);
