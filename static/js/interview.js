/* Saves each answer as it is given, and says so. Without this script the page saves when it is sent.
   Nothing is kept in the browser's storage: what is not saved yet stands in the page's own fields. */
(() => {
  const FIRST_WAIT = 1000;
  const LONGEST_WAIT = 30000;
  const TYPING_PAUSE = 900;
  const CHOOSING_PAUSE = 250;
  const REQUEST_LIMIT = 20000;

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const says = form.dataset;
  const token = form.elements.csrfmiddlewaretoken.value;
  const items = Array.from(form.querySelectorAll("fieldset[data-code]"), makeItem);
  const unsavedAtFirst = items.filter((item) => item.stored && shot(item) !== item.stored);
  let leaving = false;
  let waitingButton = null;

  function makeItem(fieldset) {
    const code = fieldset.dataset.code;
    const item = {
      fieldset,
      code,
      place: Number(fieldset.dataset.place),
      was: fieldset.querySelector(`[name="${code}-was"]`),
      status: fieldset.querySelector(".saved"),
      faults: fieldset.querySelector("[data-faults]"),
      confirm: fieldset.querySelector("[data-confirm]"),
      typed: fieldset.querySelector("[data-typed]"),
      sending: false, // one request at a time per question, so that an older one can never arrive last
      failing: false,
      wait: 0,
      timer: 0,
      condition: fieldset.dataset.condition ? JSON.parse(fieldset.dataset.condition) : null,
    };
    item.stored = "unsaved" in fieldset.dataset ? "" : shot(item, true);
    return item;
  }

  function field(item, name) {
    return form.elements[`${item.code}-${name}`] || null;
  }

  function text(item, name) {
    const input = field(item, name);
    return input ? input.value.trim() : "";
  }

  /* What the question's inputs hold now, or held when the server sent the page: a browser may fill in more by itself. */
  function fields(item, asSent = false) {
    const entries = [];
    for (const input of item.fieldset.elements) {
      const ticks = ["radio", "checkbox"].includes(input.type);
      const chosen = !ticks || (asSent ? input.defaultChecked : input.checked);
      if (input.name && chosen && !["file", "submit", "fieldset"].includes(input.type) && input !== item.was) {
        entries.push([input.name, asSent && !ticks ? input.defaultValue : input.value]);
      }
    }
    return entries;
  }

  function shot(item, asSent) {
    return new URLSearchParams(fields(item, asSent)).toString();
  }

  function isUnsaved(item) {
    return item.sending || shot(item) !== item.stored;
  }

  function show(item, state, message) {
    item.status.dataset.state = state;
    if (item.status.textContent !== message) item.status.textContent = message;
  }

  function showFault(item, message) {
    item.faults.textContent = "";
    if (!message) return;
    const line = document.createElement("p");
    line.className = "field-error";
    line.textContent = message;
    item.faults.append(line);
  }

  /* A confirmation is for the words it was given for: the next suspicious ones are asked about again. */
  function settleFault(item) {
    showFault(item, "");
    if (!item.confirm) return;
    item.confirm.hidden = true;
    item.confirm.querySelector("input").checked = false;
  }

  function clock() {
    return new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date());
  }

  /* What the person still has to do before this can be saved; empty when it can be. */
  function hint(item) {
    const typed = item.typed && item.typed.name && item.typed.value.trim();
    const choice = item.fieldset.querySelector("input[type=radio]:checked");
    if (choice && choice.value === "not_applicable" && !text(item, "why_not")) return says.why;
    if (!choice && !typed) return says.answer;
    return "";
  }

  function changed(item, pause) {
    clearTimeout(item.timer);
    if (shot(item) === item.stored && !item.sending) {
      settleFault(item);
      if (item.was.value) show(item, "saved", says.saved.replace("{time}", clock()));
      return;
    }
    item.timer = setTimeout(() => send(item), pause);
  }

  async function send(item) {
    clearTimeout(item.timer);
    const sent = shot(item);
    if (item.sending || sent === item.stored) return;
    const missing = hint(item);
    if (missing) {
      show(item, "saving", missing);
      return;
    }
    item.sending = true;
    if (!item.failing) show(item, "saving", says.saving);
    try {
      await taken(item, sent, await post(says.autosave, [["code", item.code], ...fields(item)]));
    } catch {
      retry(item);
    } finally {
      item.sending = false;
    }
    if (!item.failing && shot(item) !== sent) send(item);
    goOn();
  }

  function post(address, entries) {
    const body = new FormData();
    entries.forEach(([name, value]) => body.append(name, value));
    const signal = AbortSignal.timeout ? AbortSignal.timeout(REQUEST_LIMIT) : undefined;
    return fetch(address, { method: "POST", body, signal, headers: { "X-CSRFToken": token }, credentials: "same-origin" });
  }

  async function taken(item, sent, response) {
    if (response.status >= 500 || response.status === 429) throw new Error("try again");
    item.failing = false;
    item.wait = 0;
    const json = (response.headers.get("Content-Type") || "").includes("json");
    const answer = json ? await response.json() : {};
    if (response.ok && answer.was) return saved(item, sent, answer.was);
    if (item.confirm) item.confirm.hidden = !answer.confirm;
    const refusal = answer.error || answer.confirm || (response.status === 403 ? says.reload : says.closed);
    showFault(item, refusal);
    show(item, "failed", "");
    item.status.removeAttribute("data-state");
  }

  function saved(item, sent, fingerprint) {
    const unchanged = shot(item) === sent;
    item.was.value = fingerprint;
    item.fieldset.querySelectorAll(".offered").forEach((offer) => offer.remove());
    settleFault(item);
    item.stored = unchanged ? shot(item) : sent;
    show(item, "saved", says.saved.replace("{time}", clock()));
    showProgress();
  }

  function retry(item) {
    item.failing = true;
    item.wait = Math.min(LONGEST_WAIT, item.wait * 2 || FIRST_WAIT);
    show(item, "failed", says.failed);
    item.timer = setTimeout(() => send(item), item.wait);
  }

  /* Progress: what other sections hold is known from the page, what this one holds is counted. A question that is not asked
     because of another answer counts nowhere. */
  const isAsked = (item) => !item.fieldset.hidden;
  const core = () => items.filter((item) => isAsked(item) && "core" in item.fieldset.dataset);
  const answeredHere = () => core().filter((item) => item.was.value);
  const seconds = (list) => list.reduce((sum, item) => sum + Number(item.fieldset.dataset.seconds), 0);
  const doneElsewhere = Number(says.done) - answeredHere().length;
  const totalElsewhere = Number(says.total) - core().length;
  const secondsElsewhere = Number(says.secondsLeft) - (seconds(core()) - seconds(answeredHere()));

  function showProgress() {
    const done = doneElsewhere + answeredHere().length;
    const total = totalElsewhere + core().length;
    const left = secondsElsewhere + seconds(core()) - seconds(answeredHere());
    const words = left > 0 ? says.progress : says.complete;
    const filled = { "{done}": done, "{total}": total, "{minutes}": Math.max(1, Math.floor((left + 30) / 60)) };
    const line = document.querySelector("[data-progress-text]");
    line.textContent = words.replace(/\{\w+\}/g, (name) => filled[name]);
    const bar = line.parentElement.querySelector("progress");
    bar.max = Math.max(1, total);
    bar.value = done;
    const here = items.filter((item) => isAsked(item) && item.was.value).length;
    const asked = items.filter(isAsked).length;
    form.querySelector("small[data-here]").textContent = says.here.replace("{done}", here).replace("{total}", asked);
  }

  /* Branching: which questions of this page are asked follows from the answers on it, exactly as the server decides when
     the page is sent. What is hidden is not sent; what was typed there stays until the page is left. */
  const READ = {
    level: (choice) => Number(choice),
    choice: (choice) => choice,
    yes_no: (choice) => choice === "yes",
    quantity: (typed) => (typed === "" ? undefined : Number(typed)),
    text: (typed) => typed,
    date: (typed) => typed,
  };

  /* What a question's inputs say, undefined when nothing is known: then the server's own knowledge counts. */
  function said(item) {
    const read = READ[item.fieldset.dataset.kind];
    const choice = item.fieldset.querySelector("input[type=radio]:checked");
    if (choice && ["unknown", "not_applicable"].includes(choice.value)) return undefined;
    if (item.typed) return read(item.typed.value.trim());
    return choice && read ? read(choice.value) : undefined;
  }

  function branch() {
    const answers = {};
    const cameUp = [];
    for (const item of inBankOrder) {
      const asked = !item.condition || window.Groundwork.holds(item.condition, answers);
      if (asked !== isAsked(item)) {
        item.fieldset.hidden = item.fieldset.disabled = !asked;
        if (asked) cameUp.push(item.fieldset.querySelector("legend").textContent);
      }
      if (asked) answers[item.code] = said(item);
    }
    const fold = document.getElementById("deeper");
    if (fold) fold.hidden = !fold.querySelector("fieldset[data-code]:not([hidden])");
    if (cameUp.length) document.querySelector("[data-branch-state]").textContent = says.cameUp.replace("{question}", cameUp.join(" "));
    showProgress();
  }
  const inBankOrder = [...items].sort((one, other) => one.place - other.place);
  const branches = items.some((item) => item.condition);
  if (branches) branch();

  /* A typed answer and a chosen one take turns: what was typed stays on the page, but without a name it is not sent. */
  function settle(item, input) {
    if (!item.typed) return;
    if (input.type === "radio") item.typed.removeAttribute("name");
    if (input !== item.typed) return;
    item.typed.name = `${item.code}-typed`;
    if (!item.typed.value) return;
    item.fieldset.querySelectorAll("input[type=radio]").forEach((radio) => { radio.checked = false; });
  }

  function itemOf(input) {
    const fieldset = input.closest("fieldset[data-code]");
    return items.find((item) => item.fieldset === fieldset);
  }

  form.addEventListener("input", (event) => {
    const item = itemOf(event.target);
    if (!item || event.target.type === "file") return;
    settle(item, event.target);
    if (event.target.type === "radio" && event.target.value === "4") openProof(item);
    if (event.target.type === "radio") showReason(item, event.target.value);
    if (branches) branch();
    changed(item, event.target.type === "radio" ? CHOOSING_PAUSE : TYPING_PAUSE);
  });

  form.addEventListener("change", (event) => {
    const item = itemOf(event.target);
    if (!item) return;
    if (event.target.type === "file") attach(item, event.target);
    else if (event.target.type !== "radio") changed(item, 0);
  });

  /* A link may lead to a question, or to the questions, behind a fold. */
  function unfold() {
    const target = document.getElementById(location.hash.slice(1));
    const fold = target && target.closest("details.deeper");
    if (!fold || fold.open) return;
    fold.open = true;
    target.scrollIntoView();
  }
  unfold();
  window.addEventListener("hashchange", unfold);

  /* The line for the reason opens under the choice, on a phone often behind the buttons at the bottom. */
  function showReason(item, value) {
    const reason = item.fieldset.querySelector(`.when-${value.replace("_", "-")}`);
    if (reason) reason.scrollIntoView({ block: "nearest" });
  }

  function openProof(item) {
    const proof = item.fieldset.querySelector("[data-proof]");
    if (proof) proof.open = true;
  }

  window.addEventListener("online", () => items.filter((item) => item.failing).forEach(send));
  unsavedAtFirst.forEach((item) => changed(item, 0));

  /* Files go up as soon as they are chosen. */
  async function attach(item, input) {
    const place = item.fieldset.querySelector("[data-evidence]");
    const files = Array.from(input.files);
    if (!files.length) return;
    if (files.some((file) => file.size > 10 * 1024 * 1024)) {
      refuseFile(place, says.large);
      input.value = "";
      return;
    }
    show(item, "saving", says.attaching);
    try {
      await replaceFiles(place, post(place.dataset.evidence, files.map((file) => [input.name, file])));
      input.value = "";
      show(item, "saved", says.saved.replace("{time}", clock()));
    } catch {
      show(item, "failed", says.failed);
      setTimeout(() => attach(item, input), 5000);
    }
  }

  /* Said beside the file input, where the server's refusals of a file stand too. */
  function refuseFile(place, message) {
    place.querySelectorAll(".field-error").forEach((line) => line.remove());
    const line = document.createElement("p");
    line.className = "field-error";
    line.setAttribute("role", "alert");
    line.textContent = message;
    place.append(line);
  }

  async function replaceFiles(place, request) {
    const response = await request;
    if (response.status >= 500) throw new Error("try again");
    const html = await response.text();
    if ([200, 409, 422].includes(response.status)) place.innerHTML = html;
  }

  form.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    event.preventDefault();
    try {
      await replaceFiles(button.closest("[data-evidence]"), post(button.dataset.remove, []));
    } catch {
      button.focus();
    }
  });

  /* Leaving: a page whose answers cannot reach the server stays open until they do. */
  form.addEventListener("submit", (event) => {
    const held = items.some((item) => item.failing || item.sending) || navigator.onLine === false;
    if (!held || leaving) {
      leaving = true;
      return;
    }
    event.preventDefault();
    waitingButton = event.submitter;
    document.querySelector("[data-form-state]").textContent = says.wait;
    document.querySelector("[data-form-state]").dataset.state = "failed";
    items.forEach(send);
  });

  function goOn() {
    if (!waitingButton || navigator.onLine === false || items.some((item) => item.failing || item.sending)) return;
    leaving = true;
    form.requestSubmit(waitingButton);
  }
  window.addEventListener("online", () => setTimeout(goOn, 0));

  window.addEventListener("beforeunload", (event) => {
    if (!leaving && items.some(isUnsaved)) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
    waitingButton = null;
  });
})();

/* The copy of one's answers can be printed; the protected page warns before typed words are lost. */
(() => {
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  const form = document.querySelector("form[data-warn]");
  if (!form) return;
  let dirty = false;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
})();
