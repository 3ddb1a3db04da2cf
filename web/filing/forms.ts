import type { LifecycleName } from '../api/names.ts';
import type { FormPage } from './fields.ts';
import { governmentPages } from './government.ts';
import { socialPages } from './social.ts';

/** The pages of a filing of a class. */
export function pagesOf(lifecycle: LifecycleName): readonly FormPage[] {
  return lifecycle === 'socialInvestment' ? socialPages : governmentPages;
}
