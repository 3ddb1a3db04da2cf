import { createDocument } from 'zod-openapi';
import { exampleOf, type Schema } from './examples.ts';
import { paths } from './operations.ts';
import * as answers from './answers.ts';

/** An OpenAPI 3.1 document. */
export type OpenApiDocument = ReturnType<typeof createDocument>;

/** The API's description, generated from the schemas that check requests: whatever validates is what is documented. */
export function openApiDocument(): OpenApiDocument {
  const document = createDocument({
    openapi: '3.1.1',
    info: {
      title: '桂景 · 广西数字应用场景管理接口',
      version: '0.1.0',
      description: '依据《广西数字应用场景建设管理办法（征求意见稿）》。写操作须带 Idempotency-Key；办理事项须带 If-Match（读取记录时的 ETag）；重发时三者（编号、版本、内容）都不变，得到的就是第一次的答复。一切拒绝都是 RFC 9457 问题文档，`detail` 说明原因与办法。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ oidc: [] }],
    components: {
      securitySchemes: { oidc: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'OIDC 访问令牌；角色与单位以本系统登记为准。' } },
      schemas: { Case: answers.caseAnswer, CaseRow: answers.caseRow, Task: answers.task, Offer: answers.offer, Event: answers.event, Attachment: answers.attachment, Problem: answers.problem },
    },
    paths: paths(),
  });
  for (const path of Object.values(document.paths ?? {})) if (path?.post) addExample(path.post);
  return document;
}

function addExample(operation: NonNullable<NonNullable<OpenApiDocument['paths']>[string]['post']>): void {
  if (!operation.requestBody || !('content' in operation.requestBody)) return;
  const media = operation.requestBody.content['application/json'];
  if (media?.schema) media.example = exampleOf(media.schema as Schema);
}
