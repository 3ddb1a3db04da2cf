/** Lint rule `core/no-clock`: `new Date()` and `Date()` read the clock; the core takes the instant as data (design: the core knows no clock). */
const noClock = {
  create(context) {
    const report = (node) => {
      const readsClock = node.callee.type === 'Identifier' && node.callee.name === 'Date' && (node.type === 'CallExpression' || node.arguments.length === 0);
      if (readsClock) context.report({ node, message: 'The core knows no clock: `now` comes in as data.' });
    };
    return { NewExpression: report, CallExpression: report };
  },
};

// oxlint loads plugins by their default export.
export default { meta: { name: 'core' }, rules: { 'no-clock': noClock } };
