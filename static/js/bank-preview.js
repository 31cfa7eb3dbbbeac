/* Lets an editor try the branching of a question bank: shows and hides questions as an interview would. Nothing is kept. */
(() => {
  const place = document.querySelector("[data-preview]");
  if (!place || !window.Groundwork || !window.Groundwork.holds) return;
  const items = Array.from(place.querySelectorAll("[data-item]"), (wrapper) => ({
    wrapper,
    code: wrapper.dataset.item,
    kind: wrapper.dataset.kind,
    condition: wrapper.dataset.condition ? JSON.parse(wrapper.dataset.condition) : null,
  }));
  const told = place.querySelector("[data-hidden-count]");

  const READERS = {
    level: (text) => (text === "" ? undefined : Number(text)),
    quantity: (text) => (text === "" ? undefined : Number(text)),
    yes_no: (text) => ({ yes: true, no: false })[text],
  };

  /* What stands in a question's inputs, as conditions compare it; nothing where it is unanswered or unknown. */
  function answerOf(item) {
    const chosen = item.wrapper.querySelector("input[type=radio]:checked");
    if (chosen && ["unknown", "not_applicable"].includes(chosen.value)) return undefined;
    const typed = item.wrapper.querySelector("[data-typed]");
    const text = chosen ? chosen.value : typed ? typed.value.trim() : "";
    return (READERS[item.kind] || ((said) => said || undefined))(text);
  }

  /* In the order of the questions, so that the answer to a hidden one decides nothing. */
  function show() {
    const answers = {};
    let hidden = 0;
    items.forEach((item) => {
      const asked = !item.condition || window.Groundwork.holds(item.condition, answers);
      item.wrapper.hidden = !asked;
      const answer = asked ? answerOf(item) : undefined;
      if (answer !== undefined) answers[item.code] = answer;
      hidden += asked ? 0 : 1;
    });
    if (told) told.textContent = hidden ? told.dataset.words.replace("{n}", hidden) : "";
  }

  place.addEventListener("input", show);
  show();
})();
