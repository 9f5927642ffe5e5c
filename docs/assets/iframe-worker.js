// A browser starts no worker from a page that was opened as a file, and the search is one. Here a hidden frame does its work instead.
if (location.protocol === "file:") {
  window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super()
      this.frame = document.createElement("iframe")
      this.frame.hidden = true
      this.waiting = []
      window.addEventListener("message", (event) => {
        if (event.source !== this.frame.contentWindow) return
        const told = new MessageEvent("message", { data: event.data })
        this.dispatchEvent(told)
        if (this.onmessage) this.onmessage(told)
      })
      document.body.append(this.frame)
      const inside = this.frame.contentWindow
      inside.postMessage = (data) => window.postMessage(data, "*")
      this.frame.addEventListener("load", () => {})
      const page = this.frame.contentDocument
      page.open()
      page.write(
        "<script>const outside = parent; window.postMessage = (data) => outside.dispatchEvent(new MessageEvent('message'," +
          " { data, source: window }));" +
          "window.importScripts = (...urls) => urls.reduce((before, url) => before.then(() => new Promise((done, failed) => {" +
          "const script = document.createElement('script'); script.src = url; script.onload = done; script.onerror = failed;" +
          "document.body.append(script) })), Promise.resolve())<\/script>" +
          `<body><script src="${new URL(url, location.href)}"><\/script></body>`,
      )
      page.close()
      this.frame.contentWindow.addEventListener("load", () => {
        const waiting = this.waiting
        this.waiting = null
        waiting.forEach((data) => this.postMessage(data))
      })
    }
    postMessage(data) {
      if (this.waiting) this.waiting.push(data)
      else this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data }))
    }
    terminate() {
      this.frame.remove()
    }
  }
  window.Worker = window.IFrameWorker
}
