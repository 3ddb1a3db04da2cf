/** What a scanner says of a file: clean, infected with something it can name, or that it could not say; `lasting` when it never will, of this file. */
export type Verdict = { readonly status: 'clean' } | { readonly status: 'infected'; readonly signature: string } | { readonly status: 'failed'; readonly reason: string; readonly lasting?: true };

/** Who scans uploads here: nobody, GuardDuty by itself after each upload, or a clamd that is asked at the confirmation. */
export type Scanner = { readonly kind: 'none' } | { readonly kind: 'guardDuty' } | { readonly kind: 'clamav'; readonly host: string; readonly port: number };

/** The scanner that a setting names: `none`, `guardDuty` or `clamd://host:port`. Throws on anything else: a wrong word must not mean "none". */
export function scannerOf(setting: string): Scanner {
  if (setting === 'none') return { kind: 'none' };
  if (setting === 'guardDuty') return { kind: 'guardDuty' };
  const [, host, port] = /^clamd:\/\/([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?$/.exec(setting) ?? [];
  if (host === undefined) throw new Error(`no malware scanner "${setting}": none, guardDuty or clamd://host:port`);
  return { kind: 'clamav', host: host.replaceAll(/[[\]]/g, ''), port: Number(port ?? 3310) };
}
