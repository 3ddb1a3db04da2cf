/** One way a request can fail: the HTTP status, its Chinese title, and when trying again makes sense. */
export interface ProblemRow {
  readonly status: number;
  readonly title: string;
  readonly retry: 'no' | 'afterReload' | 'yes';
}

/** Every way to fail, once: the key is the problem type (`/problems/<key>`), the error name in Lambdas, and what `Retry` lists (RFC 9457). */
export const problems = {
  'invalid-input': { status: 400, title: '填写内容有误', retry: 'no' },
  'not-signed-in': { status: 401, title: '请先登录', retry: 'no' },
  'not-allowed': { status: 403, title: '您没有办理此事项的权限', retry: 'no' },
  'not-found': { status: 404, title: '没有找到', retry: 'no' },
  'method-not-allowed': { status: 405, title: '此地址不支持该操作', retry: 'no' },
  'wrong-state': { status: 409, title: '当前环节不能办理此事项', retry: 'no' },
  'conflict': { status: 409, title: '与已有的办理记录冲突', retry: 'no' },
  'stale-version': { status: 412, title: '记录已被他人更新', retry: 'afterReload' },
  'too-large': { status: 413, title: '内容过大', retry: 'no' },
  'unsupported-type': { status: 415, title: '不支持的内容类型', retry: 'no' },
  'rule-refused': { status: 422, title: '不符合管理办法或政策规定', retry: 'no' },
  'version-required': { status: 428, title: '请求缺少版本号', retry: 'afterReload' },
  'too-many': { status: 429, title: '操作过于频繁', retry: 'yes' },
  'unexpected': { status: 500, title: '系统内部错误', retry: 'no' },
  'unavailable': { status: 503, title: '服务暂时不可用', retry: 'yes' },
} as const satisfies Record<string, ProblemRow>;

/** The type of one problem. */
export type ProblemType = keyof typeof problems;
