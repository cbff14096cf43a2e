import type { ComponentType } from 'preact';

export interface View {
  readonly name: string;
  readonly title: string;
  readonly load: () => Promise<ComponentType>;
}

/** What is not looked at is not loaded. */
export const VIEWS: readonly [View, ...View[]] = [
  {
    name: 'explore',
    title: 'Explore',
    load: () => import('./explore/explore.tsx').then(({ Explore }) => Explore),
  },
  {
    name: 'stable',
    title: 'Why stable',
    load: () => import('./stable/stable.tsx').then(({ Stable }) => Stable),
  },
  {
    name: 'digits',
    title: 'Real data',
    load: () => import('./digits/real-data.tsx').then(({ RealData }) => RealData),
  },
  {
    name: 'machine',
    title: 'This machine',
    load: () => import('./machine/machine.tsx').then(({ Machine }) => Machine),
  },
];
