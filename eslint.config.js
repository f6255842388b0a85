import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { FOLDERS, forbiddenFor } from './scripts/arrows.js';

/** Each folder of src/ may import only what the architecture's arrows allow; scripts/arrows.js holds the table. */
const arrows = FOLDERS.map(({ name, files, ignores }) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: forbiddenFor(name) }] },
}));

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.cache/', 'node_modules/', 'test/consumer/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          'tsconfig/neutral.json',
          'tsconfig/browser.json',
          'tsconfig/server.json',
          'tsconfig/demo-page.json',
          'tsconfig/demo-server.json',
          'tsconfig/test-browser.json',
          'tsconfig/test-node.json',
          'tsconfig/bench.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['src/elements/**/*.ts'],
    plugins: { lit, wc, 'lit-a11y': litA11y },
    rules: { ...lit.configs.recommended.rules, ...wc.configs.recommended.rules, ...litA11y.configs.recommended.rules },
  },
  ...arrows,
  {
    files: [
      'src/cli/**/*.ts',
      'demo/server/**/*.ts',
      'demo/apps/run.ts',
      'scripts/**',
      'bench/**',
      'vite.config.ts',
      'test/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // node:test's describe/it return promises that the runner itself awaits; chai asserts by property access.
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs'], languageOptions: { globals: globals.node } },
  { files: ['demo/**/*.js'], languageOptions: { globals: globals.browser } },
  // Their types are those of the built package, which lint does not wait for: npx tsc -p demo/apps reads them.
  { files: ['demo/apps/**/*.tsx'], extends: [tseslint.configs.strict, tseslint.configs.stylistic] },
  prettier,
);
