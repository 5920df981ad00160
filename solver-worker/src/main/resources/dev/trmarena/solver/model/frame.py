# What surrounds the recursion and is the same for all networks: weights cast once, the embedded input, the first carry, and
# the answers read from the carry, whose first state is always the one to read. w: embed_tokens V x D, embed_pos S x D or
# empty, lm_head V x D, q_head 2 x D and its bias 2.
class Frame(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  dtype : int

  # Copies even where the type stays: what comes in is Java's memory, gone when its buffer is collected.
  def own(self: __torch__.Frame, w: Tensor) -> Tensor:
    return torch.contiguous(torch.clone(torch.to(w, self.dtype)))

  def cast(self: __torch__.Frame, weights: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(torch.len(weights)):
      _0 = torch.append(out, self.own(weights[i]))
    return out

  # the matrices of a level, in the form that the matrix products of this machine like
  def pack(self: __torch__.Frame, weights: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(torch.len(weights)):
      _0 = torch.append(out, __torch__.kernels.pack(self.own(weights[i])))
    return out

  # tokens B x L, rows B x puzzle_emb_ndim -> e, B x S x D
  def embed(self: __torch__.Frame, w: List[Tensor], tokens: Tensor, rows: Tensor, P: int) -> Tensor:
    table = w[0]
    B, D = torch.size(tokens, 0), torch.size(table, 1)
    e = torch.embedding(table, tokens)
    if torch.gt(P, 0):
      row = torch.to(rows, ops.prim.dtype(table))
      padded = torch.constant_pad_nd(row, [0, torch.sub(torch.mul(P, D), torch.size(row, 1))], 0)
      e = torch.cat([torch.view(padded, [B, P, D]), e], 1)
    if torch.gt(torch.numel(w[1]), 0):
      e = torch.mul(torch.add(e, w[1]), 0.707106781)
    return torch.mul(e, torch.sqrt(D))

  # cosines and signed sines, S x 1 x d, float32, where w lies
  def rope(self: __torch__.Frame, w: List[Tensor], S: int, d: int, theta: float) -> List[Tensor]:
    place = ops.prim.device(w[0])
    even = torch.arange(0, d, 2, dtype=6, device=place)
    inverse = torch.reciprocal(torch.pow(theta, torch.div(even, d)))
    angles = torch.outer(torch.arange(S, dtype=6, device=place), inverse)
    cos, sin = torch.cos(angles), torch.sin(angles)
    return [torch.unsqueeze(torch.cat([cos, cos], -1), 1), torch.unsqueeze(torch.cat([torch.neg(sin), sin], -1), 1)]

  # every state begins as its stored vector of D at all positions
  def initial(self: __torch__.Frame, vectors: List[Tensor], e: Tensor) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(torch.len(vectors)):
      _0 = torch.append(out, torch.contiguous(torch.expand(vectors[i], torch.size(e))))
    return out

  # the rows that halted, B booleans, begin again
  def reset(self: __torch__.Frame, carry: List[Tensor], vectors: List[Tensor], halted: Tensor) -> List[Tensor]:
    rows = torch.view(halted, [-1, 1, 1])
    out = annotate(List[Tensor], [])
    for i in range(torch.len(vectors)):
      _0 = torch.append(out, torch.where(rows, vectors[i], carry[i]))
    return out

  # some rows, by their numbers
  def picked(self: __torch__.Frame, x: Tensor, rows: Tensor) -> Tensor:
    return torch.index_select(x, 0, rows)

  # the carry of those that go on
  def kept(self: __torch__.Frame, carry: List[Tensor], rows: Tensor) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(torch.len(carry)):
      _0 = torch.append(out, self.picked(carry[i], rows))
    return out

  # B x 2, float32: halt, continue; read at the first position
  def q(self: __torch__.Frame, w: List[Tensor], carry: List[Tensor]) -> Tensor:
    return torch.contiguous(torch.to(torch.linear(torch.select(carry[0], 1, 0), w[3], w[4]), 6))

  # B x L x V, float32, and the first of the largest, B x L, int32
  def answer(self: __torch__.Frame, w: List[Tensor], carry: List[Tensor], P: int) -> List[Tensor]:
    logits = torch.contiguous(torch.to(torch.linear(torch.slice(carry[0], 1, P), w[2]), 6))
    return [torch.to(torch.argmax(logits, -1), 3), logits]

  # the carry as float32
  def shown(self: __torch__.Frame, carry: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(torch.len(carry)):
      _0 = torch.append(out, torch.contiguous(torch.to(carry[i], 6)))
    return out
