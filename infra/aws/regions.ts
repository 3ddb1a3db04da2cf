/** What a region can and cannot do, as far as the template differs by it. */
export interface RegionTraits {
  readonly region: string;
  /** X-Ray for Step Functions; the regions of AWS China have no X-Ray for Lambda, so a trace would end at each Task. */
  readonly tracing: boolean;
  /** GuardDuty Malware Protection for S3; the regions of AWS China have none. */
  readonly malwareProtection: boolean;
}

/** The region of `npm run synth` without `--region`: the programme's owner would deploy to Ningxia. */
export const defaultRegion = 'cn-northwest-1';

/** The traits of a region by its name; throws on what is not the name of a region. */
export const traitsOf = (region: string): RegionTraits => {
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    throw new Error(`"${region}" is not the name of an AWS region (such as cn-northwest-1 or ap-southeast-1)`);
  }
  const china = region.startsWith('cn-');
  return { region, tracing: !china, malwareProtection: !china };
};
