import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

const MATH_RANDOM = {
  selector: "MemberExpression[object.name='Math'][property.name='random']",
  message: 'Math.random is neither safe nor repeatable: take ids and randomness from kernel/ids or node:crypto.',
};
const PROCESS_ENV = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read in config.ts only.',
};
const RAW_HTML = {
  selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
  message: 'Render text, never raw HTML.',
};
const PURE = [
  { selector: 'AwaitExpression, :function[async=true]', message: 'Rules are pure: values in, values out, no await.' },
  {
    selector:
      "NewExpression[callee.name='Date'][arguments.length=0], MemberExpression[object.name='Date'][property.name='now']",
    message: 'Rules are pure: the time is an argument.',
  },
];
const PHYSICAL = '(^|[\\s:!])-?(ml|mr|pl|pr)-';
const HEX = '(^|[\\s\\[:(,])#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\\b';
const SPOKEN = '^(aria-label|aria-description|aria-roledescription|alt|title|placeholder|label|description)$';
const inText = (pattern, message) => [
  { selector: `Literal[value=/${pattern}/]`, message },
  { selector: `TemplateElement[value.raw=/${pattern}/]`, message },
];
const PANEL = [
  RAW_HTML,
  ...inText(PHYSICAL, 'Use logical spacing (ms- me- ps- pe-), so that right-to-left languages work.'),
  ...inText(HEX, 'Colours are tokens: no hex in a component.'),
  { selector: 'JSXText[value=/\\p{L}/u]', message: 'Panel text is a message key, never a literal.' },
  {
    selector: 'JSXElement > JSXExpressionContainer > Literal[value=/\\p{L}/u]',
    message: 'Panel text is a message key, never a literal.',
  },
  {
    selector: 'JSXElement > JSXExpressionContainer > TemplateLiteral > TemplateElement[value.raw=/\\p{L}{2}/u]',
    message: 'Panel text is a message key, never a literal.',
  },
  {
    selector: `JSXAttribute[name.name=/${SPOKEN}/] > Literal[value=/\\p{L}/u]`,
    message: 'Text that is read aloud or shown is a message key, never a literal.',
  },
];

const nodeGlobals = Object.fromEntries(
  [
    'AbortController AbortSignal Buffer TextDecoder TextEncoder URL URLSearchParams clearInterval clearTimeout console',
    'fetch performance process setImmediate setInterval setTimeout structuredClone',
  ]
    .join(' ')
    .split(' ')
    .map((name) => [name, 'readonly']),
);

export default defineConfig([
  globalIgnores([
    '**/node_modules/',
    '**/dist/',
    '**/.next/',
    '**/coverage/',
    '**/artifacts/',
    '**/generated/',
    'plugins/*/plugin.mjs',
    'storage/',
    '**/next-env.d.ts',
  ]),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [ts.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // `import { type A }` still loads the module: in the panel that is the whole validator for one type.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // An async method that does not wait is how an abstract promise-returning method is kept.
      '@typescript-eslint/require-await': 'off',
      // Numbers and unions of literals read well in messages.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // What was caught, or the reason of a signal, is passed on as it came.
      '@typescript-eslint/only-throw-error': [
        'error',
        { allowRethrowing: true, allowThrowingAny: true, allowThrowingUnknown: true },
      ],
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
      'no-empty': 'error',
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['apps/*/src/**/*.{ts,tsx}', 'apps/gui/server/**/*.ts', 'contract/src/**/*.ts', 'sdk/src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', MATH_RANDOM, PROCESS_ENV, RAW_HTML] },
  },
  {
    files: ['apps/*/src/**/config.ts', 'apps/gui/server/config.ts', 'sdk/src/config.ts'],
    rules: { 'no-restricted-syntax': ['error', MATH_RANDOM, RAW_HTML] },
  },
  {
    files: ['apps/*/src/**/*.rules.ts', 'sdk/src/**/*.rules.ts'],
    rules: { 'no-restricted-syntax': ['error', MATH_RANDOM, PROCESS_ENV, ...PURE] },
  },
  {
    files: ['apps/gui/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'no-restricted-syntax': ['error', MATH_RANDOM, PROCESS_ENV, ...PANEL],
    },
  },
  {
    files: ['apps/gui/src/**/*.rules.ts'],
    rules: { 'no-restricted-syntax': ['error', MATH_RANDOM, PROCESS_ENV, ...PANEL, ...PURE] },
  },
  {
    // Whoever started the process reads its last words on stderr, also when there is no log yet.
    files: ['apps/core/src/main.ts', 'apps/gui/server/server.ts'],
    rules: { 'no-console': ['error', { allow: ['error'] }] },
  },
  {
    // A test reads bodies nobody typed and may set the environment of what it starts.
    files: ['**/*.spec.{ts,tsx}', 'apps/*/test/**/*.{ts,tsx}', 'sdk/test/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', MATH_RANDOM],
      'no-console': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: nodeGlobals, sourceType: 'module' },
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { ...nodeGlobals, module: 'writable', require: 'readonly' } },
  },
]);
