# Tiny Recursive Model (arXiv 2510.04871), in the dialect of serialised TorchScript: dtypes are numbers (6 float32,
# 15 bfloat16, 5 float16). B batch, S = P + L positions, D hidden size, H heads, d = D // H, V vocabulary.
# The weights are arguments, so that all requests share them: H_init, L_init, embed_tokens, embed_pos, lm_head, q_head
# weight and bias, then four matrices a block.
class Trm(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Copies, always: what Java hands over lies in memory that its garbage collector frees.
  def cast(self: __torch__.Trm, weights: List[Tensor], dtype: int) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(torch.len(weights)):
      _0 = torch.append(out, torch.contiguous(torch.to(weights[i], dtype, False, True)))
    return out

  # tokens B x L, rows B x puzzle_emb_ndim -> e, B x S x D
  def embed(self: __torch__.Trm, weights: List[Tensor], tokens: Tensor, rows: Tensor, P: int) -> Tensor:
    table = weights[2]
    B, D = torch.size(tokens, 0), torch.size(table, 1)
    e = torch.embedding(table, tokens)
    if torch.gt(P, 0):
      row = torch.to(rows, ops.prim.dtype(table))
      padded = torch.constant_pad_nd(row, [0, torch.sub(torch.mul(P, D), torch.size(row, 1))], 0)
      e = torch.cat([torch.view(padded, [B, P, D]), e], 1)
    if torch.gt(torch.numel(weights[3]), 0):
      e = torch.mul(torch.add(e, weights[3]), 0.707106781)
    return torch.mul(e, torch.sqrt(D))

  # z of B x S x D for a stored vector of D
  def initial(self: __torch__.Trm, vector: Tensor, e: Tensor) -> Tensor:
    return torch.contiguous(torch.expand(vector, torch.size(e)))

  def rms(self: __torch__.Trm, x: Tensor, eps: float) -> Tensor:
    x32 = torch.to(x, 6)
    mean = torch.mean(torch.square(x32), [-1], True)
    return torch.to(torch.mul(x32, torch.rsqrt(torch.add(mean, eps))), ops.prim.dtype(x))

  def swiglu(self: __torch__.Trm, x: Tensor, gate_up: Tensor, down: Tensor) -> Tensor:
    gate, up = torch.chunk(torch.linear(x, gate_up), 2, -1)
    return torch.linear(torch.mul(torch.silu(gate), up), down)

  # x of B x S x H x d, tables of S x 1 x d
  def rotate(self: __torch__.Trm, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    x32 = torch.to(x, 6)
    half = torch.floordiv(torch.size(x, -1), 2)
    turned = torch.cat([torch.neg(torch.slice(x32, -1, half)), torch.slice(x32, -1, 0, half)], -1)
    return torch.to(torch.add(torch.mul(x32, cos), torch.mul(turned, sin)), ops.prim.dtype(x))

  def attention(self: __torch__.Trm, x: Tensor, qkv: Tensor, o: Tensor, heads: int, rope: List[Tensor]) -> Tensor:
    B, S = torch.size(x, 0), torch.size(x, 1)
    d = torch.floordiv(torch.size(o, 1), heads)
    q, k, v = torch.chunk(torch.view(torch.linear(x, qkv), [B, S, torch.mul(3, heads), d]), 3, 2)
    if torch.gt(torch.len(rope), 0):
      q = self.rotate(q, rope[0], rope[1])
      k = self.rotate(k, rope[0], rope[1])
    mixed = torch.scaled_dot_product_attention(torch.transpose(q, 1, 2), torch.transpose(k, 1, 2), torch.transpose(v, 1, 2))
    return torch.linear(torch.reshape(torch.transpose(mixed, 1, 2), [B, S, torch.mul(heads, d)]), o)

  # f(z, inject): the one network, used for both levels
  def level(self: __torch__.Trm, z: Tensor, inject: Tensor, w: List[Tensor], mlp_t: bool, heads: int, eps: float, rope: List[Tensor]) -> Tensor:
    x = torch.add(z, inject)
    for i in range(torch.floordiv(torch.sub(torch.len(w), 7), 4)):
      j = torch.add(7, torch.mul(4, i))
      if mlp_t:
        xt = torch.transpose(x, 1, 2)
        x = torch.transpose(self.rms(torch.add(xt, self.swiglu(xt, w[j], w[torch.add(j, 1)])), eps), 1, 2)
      else:
        x = self.rms(torch.add(x, self.attention(x, w[j], w[torch.add(j, 1)], heads, rope)), eps)
      x = self.rms(torch.add(x, self.swiglu(x, w[torch.add(j, 2)], w[torch.add(j, 3)])), eps)
    return x

  # cosines and sines of S x 1 x d, float32; empty without rotary positions
  def rope(self: __torch__.Trm, S: int, d: int, theta: float) -> List[Tensor]:
    even = torch.to(torch.arange(0, d, 2, dtype=6), 6)
    inverse = torch.reciprocal(torch.pow(theta, torch.div(even, d)))
    angles = torch.outer(torch.to(torch.arange(S, dtype=6), 6), inverse)
    table = torch.unsqueeze(torch.cat([angles, angles], -1), 1)
    return [torch.cos(table), torch.sin(table)]

  # One improvement step: the carry (z_H, z_L) and e in; the new carry, logits B x L x V and q B x 2 out, both float32.
  def step(self: __torch__.Trm, w: List[Tensor], z_H: Tensor, z_L: Tensor, e: Tensor, rope: List[Tensor], H_cycles: int, L_cycles: int, P: int, heads: int, mlp_t: bool, eps: float) -> List[Tensor]:
    for h in range(H_cycles):
      for l in range(L_cycles):
        z_L = self.level(z_L, torch.add(z_H, e), w, mlp_t, heads, eps, rope)
      z_H = self.level(z_H, z_L, w, mlp_t, heads, eps, rope)
    logits = torch.to(torch.linear(torch.slice(z_H, 1, P), w[4]), 6)
    q = torch.to(torch.linear(torch.select(z_H, 1, 0), w[5], w[6]), 6)
    return [z_H, z_L, torch.contiguous(logits), torch.contiguous(q)]
