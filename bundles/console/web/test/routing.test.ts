import { describe, expect, it } from 'vitest';
import { exactly, matchesAll } from '../src/lib/matchers';
import { fileOf, groupName, isReference, mayBeSecret, secretName, type ChannelFile, type FormField } from '../src/lib/routing';

const channel = (id: string) => ({ id, kind: '', waiting: 0, lastDelivered: null, failure: null });
const phone: ChannelFile = { kind: 'webhook', name: 'phone', settings: { kind: 'ntfy' } };
const mail: ChannelFile = { kind: 'mail', name: 'phone', settings: {} };

describe('a channel of the routing', () => {
  it('is found again among the files by what it speaks and its name', () => {
    expect(fileOf(channel('everything/ntfy:phone'), [mail, phone])).toBe(phone);
    expect(fileOf(channel('everything/mail:phone'), [mail, phone])).toBe(mail);
    expect(fileOf(channel('everything/ntfy:telephone'), [mail, phone])).toBeUndefined();
    expect(fileOf(channel('ops/email[0]'), [mail, phone])).toBeUndefined();
  });

  it('is told of groups without the way there', () => {
    expect(groupName('{}/{team="a:{b"}:{alertname="X"}')).toBe('{alertname="X"}');
    expect(groupName('test')).toBe('test');
  });
});

describe('a secret in a form', () => {
  it('is a reference only in one of the forms the server takes', () => {
    expect(['secret:a/b', 'env:TOKEN', 'file:/run/secrets/x', 'credential:x'].every(isReference)).toBe(true);
    expect(['', 'secret:', 'hunter2', 'secret: a', 'https://secret:x', ' secret:a'].some(isReference)).toBe(false);
  });

  it('gets a name that the vault takes', () => {
    expect(secretName('webhook', 'phone', 'token')).toBe('channel/webhook/phone/token');
  });

  it('may also be an address', () => {
    const field: FormField = { key: 'url', title: '', description: 'or a reference such as secret:slack/url', usual: '', options: [], secret: false };
    expect(mayBeSecret(field)).toBe(true);
    expect(mayBeSecret({ ...field, secret: true })).toBe(false);
    expect(mayBeSecret({ ...field, description: 'Where' })).toBe(false);
  });
});

describe('conditions made from labels', () => {
  it('hold for these labels and not for others', () => {
    const conditions = exactly({ alertname: 'A.*', instance: 'nas' });
    expect(matchesAll(conditions, { alertname: 'A.*', instance: 'nas', more: 'x' })).toBe(true);
    expect(matchesAll(conditions, { alertname: 'AB', instance: 'nas' })).toBe(false);
  });
});
