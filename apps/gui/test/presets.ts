import { Preset } from '@bailiwick/contract';

/** A preset that asks one question of every type and publishes two ports. */
export const aPreset = (overrides: Record<string, unknown> = {}): Preset =>
  Preset.parse({
    name: 'shop',
    title: 'Shop',
    description: 'A shop that sells tea.',
    categories: ['web'],
    questions: [
      { type: 'text', name: 'title', label: 'Title', default: 'Tea', pattern: '[A-Za-z ]+', maxLength: 20 },
      { type: 'number', name: 'workers', label: 'Workers', default: 2, min: 1, max: 8 },
      {
        type: 'choice',
        name: 'mode',
        label: 'Mode',
        choices: [
          { value: 'fast', label: 'Fast' },
          { value: 'safe', label: 'Safe' },
        ],
      },
      { type: 'boolean', name: 'debug', label: 'Debug' },
      { type: 'secret', name: 'password', label: 'Password' },
      { type: 'text', name: 'note', label: 'Note', required: false },
      { type: 'size', name: 'cache', label: 'Cache', default: '64m', max: '1g' },
      { type: 'port', name: 'admin', label: 'Admin port', containerPort: 8080 },
    ],
    config: {
      image: 'shop:1',
      ports: [
        { containerPort: 80, label: 'Web', web: true },
        { containerPort: 8080, label: 'Admin' },
      ],
      memoryBytes: 64 * 1024 * 1024,
      cpus: 0.5,
    },
    ...overrides,
  });
