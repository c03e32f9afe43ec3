/** The pages there are. What is not here is not in the navigation. */

import type { IconName } from '../components/Icon.svelte';
import { t } from './text';

export interface Page {
  readonly id: 'overview' | 'hosts' | 'alerts' | 'health' | 'plugins' | 'security' | 'settings';
  readonly path: string;
  readonly title: string;
  readonly icon: IconName;
  /** Pressed after g. */
  readonly key: string;
  /** Whether it shows measurements, so that the time range is of use. */
  readonly timed: boolean;
}

export const PAGES: readonly Page[] = [
  { id: 'overview', path: '/', title: t.nav.overview, icon: 'overview', key: 'o', timed: true },
  { id: 'hosts', path: '/hosts', title: t.nav.hosts, icon: 'hosts', key: 'h', timed: true },
  { id: 'alerts', path: '/alerts', title: t.nav.alerts, icon: 'bell', key: 'a', timed: false },
  { id: 'health', path: '/health', title: t.nav.health, icon: 'health', key: 'e', timed: false },
  { id: 'plugins', path: '/plugins', title: t.nav.plugins, icon: 'plugins', key: 'l', timed: false },
  { id: 'security', path: '/security', title: t.nav.security, icon: 'shield', key: 'y', timed: false },
  { id: 'settings', path: '/settings', title: t.nav.settings, icon: 'settings', key: 's', timed: false },
];

export function pageAt(path: string): Page | undefined {
  if (path === '/') return PAGES[0];
  return PAGES.find((page) => page.path !== '/' && (path === page.path || path.startsWith(`${page.path}/`)));
}
