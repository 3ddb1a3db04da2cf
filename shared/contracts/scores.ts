import * as z from 'zod/mini';
import { later } from '../later.ts';

/** The five criteria that the measures name; every sheet scores all of them (art. 11(3), R-027). */
export const criterionNames = ['majorTask', 'innovation', 'expectedTarget', 'economicBenefit', 'socialBenefit'] as const;

/** A score of one criterion: a whole number of points from 0 to 100. */
export const score = later(() => z.int().check(z.minimum(0, { error: '分数在0到100之间' }), z.maximum(100, { error: '分数在0到100之间' })));
