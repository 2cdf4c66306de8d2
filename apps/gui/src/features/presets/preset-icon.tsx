import {
  AppWindow,
  Box,
  Code,
  Database,
  Film,
  Gamepad2,
  Globe,
  Layers,
  type LucideIcon,
  MessageSquare,
  Radio,
  Server,
  SquareTerminal,
  Wrench,
  Zap,
} from 'lucide-react';

/** The icons a preset may name; another name shows the box every container has. */
const ICONS: Record<string, LucideIcon> = {
  'app-window': AppWindow,
  box: Box,
  code: Code,
  database: Database,
  film: Film,
  gamepad: Gamepad2,
  globe: Globe,
  layers: Layers,
  message: MessageSquare,
  radio: Radio,
  server: Server,
  terminal: SquareTerminal,
  wrench: Wrench,
  zap: Zap,
};

export const ICON_NAMES: readonly string[] = Object.keys(ICONS);

export function PresetIcon({ name, className }: { name: string; className?: string }) {
  const Icon = (Object.hasOwn(ICONS, name) ? ICONS[name] : undefined) ?? Box;
  return <Icon aria-hidden className={className} />;
}
