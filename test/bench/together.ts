import { Story, type CaseView } from '../demo/story.ts';
import type { Endpoints } from '../harness/cloud-process.ts';

/** Holds some callers until all of them have come, then does one thing for all. */
export class Gate {
  readonly #count: number;
  #arrived = 0;
  #next = Promise.withResolvers<unknown>();

  constructor(count: number) {
    this.#count = count;
  }

  /** Resolves for everybody when the last has come and `once`, run by the last, is done. */
  async pass(once: () => Promise<unknown>): Promise<unknown> {
    const round = this.#next;
    this.#arrived += 1;
    if (this.#arrived === this.#count) {
      this.#arrived = 0;
      this.#next = Promise.withResolvers<unknown>();
      once().then(round.resolve, round.reject);
    }
    return round.promise;
  }
}

/** One of several stories told at the same time: each moves the clock when all others do, and gives its scenario a name of its own. */
export class StoryTogether extends Story {
  readonly #gate: Gate;
  readonly #number: number;

  constructor(endpoints: Endpoints, gate: Gate, number: number) {
    super(endpoints);
    this.#gate = gate;
    this.#number = number;
  }

  override open(person: string, lifecycle: string, form: { readonly system: Readonly<Record<string, unknown>> }): Promise<string> {
    return super.open(person, lifecycle, { ...form, system: { ...form.system, name: names[this.#number % names.length] + `（${this.#number}）` } });
  }

  override moveClock(to: { to: string } | { advance: string }): Promise<unknown> {
    return this.#gate.pass(() => super.moveClock(to));
  }

  /** Something that happens once for all, told by whoever comes last. */
  once(tell: (story: Story) => Promise<CaseView>): Promise<unknown> {
    return this.#gate.pass(() => tell(new Story(this.endpoints)));
  }
}

const names = ['批发市场数智化', '港口无人集卡调度', '甘蔗田间管理大脑', '边境口岸一单到底', '中药材溯源平台', '海上风电智慧运维', '跨境电商综合服务', '漓江智慧旅游'];
