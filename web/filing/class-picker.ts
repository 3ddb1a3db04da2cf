import type { Me } from '../api/names.ts';
import type { Json } from '../api/types.ts';
import { answered } from './fields.ts';
import { pagesOf } from './forms.ts';
import { t } from '../words/language.ts';

/** What somebody answered about a scenario so far. */
export interface Answers {
  readonly secret?: 'yes' | 'no';
  readonly inGuangxi?: 'yes' | 'no';
  readonly fiscal?: 'yes' | 'no';
  readonly built?: 'yes' | 'no';
}

type Class = 'governmentInvestment' | 'socialInvestment';

/** Where the answers lead: further questions, an end with its article, or a class. */
export type Route =
  | { readonly state: 'asking' }
  | { readonly state: 'stopped'; readonly why: string; readonly article: string }
  | { readonly state: 'ready'; readonly lifecycle: Class; readonly next: string };

const stop = (why: string, article: string): Route => ({ state: 'stopped', why, article });

/** Explains the regulation before anything is typed; what counts is decided by the API when the filing is submitted. */
export function routeOf({ secret, inGuangxi, fiscal, built }: Answers, kind: string | undefined): Route {
  if (secret === 'yes') return stop(t('涉密场景不得在本系统申报，请勿填写任何涉密内容。'), t('第四条'));
  if (inGuangxi === 'no') return stop(t('本办法适用于广西壮族自治区内的场景。'), t('第四条'));
  if (fiscal === 'no' && built === 'no') return stop(t('社会投资类场景应为已建场景，请建成后再申报。'), t('第十三条'));
  if (fiscal === 'no' && kind === 'government') return stop(t('社会投资类由企业、科研机构、社会组织等申报，政府部门不能申报。'), t('第十四条（二）'));
  if (!secret || !inGuangxi || !fiscal || !built) return { state: 'asking' };
  return fiscal === 'yes'
    ? { state: 'ready', lifecycle: 'governmentInvestment', next: t('填写附件1的12项和投资等信息，提交给所在设区市或行业主管部门。') }
    : { state: 'ready', lifecycle: 'socialInvestment', next: t('填写附件2、上传六类附件，提交给所在设区市或行业主管部门审核。') };
}

/** The form that a filing begins with: what was answered, and what the records know of the unit. */
export function begun(lifecycle: Class, name: string, answers: Answers, me: Me): Json {
  const pages = pagesOf(lifecycle);
  const social = lifecycle === 'socialInvestment';
  const known: readonly (readonly [string, Json])[] = [
    [social ? '/annex2/cover/name' : '/system/name', name.trim()],
    [social ? '/annex2/basic/progress' : '/system/stage', answers.built === 'yes' ? 'built' : 'proposed'],
    ['/system/nonSecret', true],
    ['/system/division', me.org.division],
    ['/system/constructUnit', { name: me.org.name, ...(me.org.uscc ? { uscc: me.org.uscc } : {}) }],
    ...(social
      ? ([['/annex2/cover/applicant', me.org.name], ['/annex2/cover/projectLead', me.name], ['/system/localFiscalFen', 0], ['/annex2/basic/fundingReceivedFen', 0]] as const)
      : ([['/system/contact/name', me.name], ['/annex1/seqNo', 1]] as const)),
    ...(me.org.sector ? ([['/system/sectors', [me.org.sector]]] as const) : []),
  ];
  return known.reduce<Json>((form, [pointer, value]) => answered(pages, form, pointer, value, () => true), {});
}
