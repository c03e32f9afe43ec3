/** What the server says of channels, routes and messages. Instants are epoch seconds, durations seconds. */

export interface Channel {
  id: string;
  kind: string;
  waiting: number;
  lastDelivered: number | null;
  failure: string | null;
}

export interface Receiver {
  name: string;
  labels: Record<string, string>;
  channels: Channel[];
}

export interface RouteNode {
  depth: number;
  matchers: string;
  receiver: string;
  continues: boolean;
  groupBy: string[];
  groupWait: number;
  groupInterval: number;
  repeatInterval: number;
  mutedDuring: string[];
  activeDuring: string[];
}

export interface Routing {
  source: string;
  since: number;
  problems: string[];
  routes: RouteNode[];
  receivers: Receiver[];
}

export interface Trace {
  steps: { depth: number; matchers: string; receiver: string; matches: boolean; continues: boolean }[];
  destinations: {
    receiver: string;
    route: string;
    groupLabels: Record<string, string>;
    groupWait: number;
    groupInterval: number;
    repeatInterval: number;
    channels: string[];
    mutedBy: string[];
  }[];
  silencedBy: string[];
  inhibitedBy: string[];
}

export interface TestResult {
  channel: string;
  delivered: boolean;
  took: number;
  answer: string;
}

export interface Notice {
  at: number;
  key: string;
  receiver: string;
  channel: string;
  group: string;
  reason: string;
  delivered: boolean;
  tries: number;
  firing: number;
  resolved: number;
  answer: string;
}

export interface FormField {
  key: string;
  title: string;
  description: string;
  usual: string;
  options: string[];
  secret: boolean;
}

export interface Form {
  kind: string;
  title: string;
  description: string;
  fields: FormField[];
}

/** A channel that was set up by a form. */
export interface ChannelFile {
  kind: string;
  name: string;
  settings: Record<string, string>;
}

export interface Channels {
  forms: Form[];
  channels: ChannelFile[];
}

/** What a channel of the routing was made from, if by a form: its id ends in its kind and its name. */
export function fileOf(channel: Channel, files: readonly ChannelFile[]): ChannelFile | undefined {
  return files.find(({ kind, name, settings }) => channel.id.endsWith(`/${settings['kind'] ?? kind}:${name}`));
}

/** The labels of a group of alerts, out of its key: the route's own words stand before them. */
export function groupName(key: string): string {
  const at = key.lastIndexOf('}:{');
  return at < 0 ? key : key.slice(at + 2);
}

const REFERENCE = /^(?:secret|env|file|credential):[\x21-\x7e]{1,256}$/;

/** Whether a text says where a secret is, and is none itself. */
export function isReference(text: string): boolean {
  return REFERENCE.test(text);
}

/** Under which name the vault keeps a secret of a channel. */
export function secretName(kind: string, name: string, key: string): string {
  return `channel/${kind}/${name}/${key}`;
}

/** Whether a field's value may itself be a secret although the field is none: an address that lets in whoever knows it. */
export function mayBeSecret(field: FormField): boolean {
  return !field.secret && field.options.length === 0 && field.description.includes('secret:');
}
