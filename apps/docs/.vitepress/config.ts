import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { DefaultTheme, UserConfig } from 'vitepress';

const operations = readdirSync(new URL('../operations', import.meta.url))
  .filter((file) => file !== 'index.md')
  .map((file) => file.replace(/\.md$/, ''))
  .sort();

/** Written by typedoc, which runs first. */
const apiSidebar = new URL('../api/typedoc-sidebar.json', import.meta.url);
const api = existsSync(apiSidebar) ? JSON.parse(readFileSync(apiSidebar, 'utf8')) : [];

const guide = [
  { text: 'Getting started', link: '/guide/start' },
  { text: 'Choosing a backend', link: '/guide/backends' },
  { text: 'Numerical stability', link: '/guide/stability' },
  { text: 'Edge cases', link: '/guide/edge-cases' },
  { text: 'Accuracy', link: '/guide/accuracy' },
  { text: 'Speed', link: '/guide/speed' },
  { text: 'Migrating from other libraries', link: '/guide/migrate' },
  { text: 'Writing a backend', link: '/guide/write-a-backend' },
  { text: 'What a version promises', link: '/guide/versions' },
];
const book = [
  { text: 'Guide', items: guide },
  {
    text: 'Operations',
    link: '/operations/',
    items: operations.map((name) => ({ text: name, link: `/operations/${name}` })),
  },
];

const config: UserConfig<DefaultTheme.Config> = {
  title: 'softmax',
  description: 'The softmax family for JavaScript and TypeScript, exact, the same on every backend',
  lastUpdated: false,
  markdown: { math: true },
  srcExclude: ['README.md'],
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guide', link: '/guide/start', activeMatch: '/guide/' },
      { text: 'Operations', link: '/operations/', activeMatch: '/operations/' },
      { text: 'API', link: '/api/', activeMatch: '/api/' },
    ],
    sidebar: { '/guide/': book, '/operations/': book, '/api/': api },
  },
};

export default config;
