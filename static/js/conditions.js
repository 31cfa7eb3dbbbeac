/* Decides while answers change what the server decides too: whether a condition holds. A condition is plain data, made by
   assessments/conditions.py; nothing here is ever run as code. What is decided here, the server must decide alike. */
(() => {
  const TOLERANCE = 1e-9;
  // Listed, because browsers and the server disagree on what a space is.
  const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

  const RULES = {
    all: (condition, answers) => condition.parts.every((part) => holds(part, answers)),
    any: (condition, answers) => condition.parts.some((part) => holds(part, answers)),
    not: (condition, answers) => !holds(condition.part, answers),
    is: (condition, answers) => equals(known(condition, answers), condition.value),
    one_of: (condition, answers) => condition.values.some((value) => equals(known(condition, answers), value)),
    at_least: (condition, answers) => reaches(known(condition, answers), condition.limit),
    at_most: (condition, answers) => staysWithin(known(condition, answers), condition.limit),
    mentions: (condition, answers) => mentions(known(condition, answers), condition.text),
    answered: (condition, answers) => known(condition, answers) !== null,
  };

  /* Tells whether the condition holds for the known answers by item code: texts, numbers, true or false. */
  function holds(condition, answers) {
    return RULES[condition.op](condition, answers);
  }

  /* The answer that a comparison looks at, ready to compare; null when there is none or it says nothing. */
  function known(condition, answers) {
    const answer = answers[condition.code];
    if (typeof answer === "string") return fold(answer) || null;
    return typeof answer === "boolean" || Number.isFinite(answer) ? answer : null;
  }

  /* Without what comparing texts leaves out: case of Latin letters, accented or not, and extra spaces. */
  function fold(text) {
    const spaced = text.normalize("NFD").replace(SPACES, " ").replace(/^ | $/g, "");
    return spaced.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).normalize("NFC");
  }

  /* The value comes as a text, as a number and as yes or no: the kind of the answer says which is meant. */
  function equals(answer, value) {
    if (typeof answer === "string") return answer === value.text;
    if (typeof answer === "boolean") return answer === value.yes;
    return value.number !== null && reaches(answer, value.number) && staysWithin(answer, value.number);
  }

  function reaches(answer, limit) {
    return typeof answer === "number" && answer >= limit - TOLERANCE;
  }

  function staysWithin(answer, limit) {
    return typeof answer === "number" && answer <= limit + TOLERANCE;
  }

  function mentions(answer, text) {
    return typeof answer === "string" && answer.includes(text);
  }

  window.Groundwork = window.Groundwork || {};
  window.Groundwork.holds = holds;
})();
